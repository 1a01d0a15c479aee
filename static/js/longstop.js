// Starts the Design System's scripts and ours. No page needs any of it to work.

const root = document.documentElement
const body = document.body
body.classList.add("js-enabled", "govuk-frontend-supported")

// The address comes from the page, because the server renames built files by their content.
const { initAll } = await import(root.dataset.designSystem)

// The server's clock, not this machine's: the page says what time it was when it was made.
const asAt = document.querySelector("[data-as-at]")
const madeAt = asAt ? Date.parse(asAt.dateTime) : null
const arrived = performance.now()

function present() {
  return new Date(madeAt + performance.now() - arrived)
}

function wallClock(moment) {
  const zone = asAt.dataset.zone
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, day: "numeric", month: "numeric", year: "numeric",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
  })
  return Object.fromEntries(format.formatToParts(moment).map(part => [part.type, part.value]))
}

const HOUR = 3600000

// When the clocks go back one hour comes twice; then the time alone does not say which.
function timeOfDay(moment) {
  const shown = part => `${part.hour}:${part.minute}`
  const here = wallClock(moment)
  const twins = [-HOUR, HOUR].map(shift => shown(wallClock(new Date(moment.getTime() + shift))))
  const zone = here.timeZoneName === "GMT+1" ? "BST" : here.timeZoneName
  return twins.includes(shown(here)) ? `${shown(here)} ${zone}` : shown(here)
}

function fillNow(button) {
  const moment = present()
  const { day, month, year } = wallClock(moment)
  const values = { day: String(Number(day)), month: String(Number(month)), year, time: timeOfDay(moment) }
  for (const box of button.closest(".app-moment").querySelectorAll("[data-part]")) {
    box.value = values[box.dataset.part]
  }
}

// Up and down move between the rows of a queue while one of its links has the focus.
function step(event) {
  const link = event.target.closest?.("[data-queue-link]")
  const shift = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!link || !shift || event.ctrlKey || event.altKey || event.metaKey) return
  const links = [...link.closest("[data-queue]").querySelectorAll("[data-queue-link]")]
  const next = links[links.indexOf(link) + shift]
  if (next) {
    event.preventDefault()
    next.focus()
  }
}

function start(scope) {
  initAll({ scope })
  if (!asAt) return
  for (const button of scope.querySelectorAll("[data-fill-now]")) button.hidden = false
}

start(document)
document.addEventListener("htmx:load", event => { if (event.detail.elt !== body) start(event.detail.elt) })
// A board that somebody is ticking rows on is not drawn anew under their hand.
document.addEventListener("htmx:beforeRequest", event => {
  const board = event.target
  if (board.id === "board" && board.querySelector("input:checked")) event.preventDefault()
})
// A board that could not be brought up to date says so. Never let "could not ask" look like "nothing new".
function sayStale(stale) {
  const said = document.getElementById("stale")
  if (said) said.hidden = !stale
}
document.addEventListener("htmx:sendError", () => sayStale(true))
document.addEventListener("htmx:responseError", () => sayStale(true))
// The answer of another page, such as the one to sign in, is never put into this one.
document.addEventListener("htmx:beforeSwap", event => {
  const { xhr, pathInfo } = event.detail
  const answered = xhr.responseURL && new URL(xhr.responseURL).pathname
  if (answered && answered !== new URL(pathInfo.finalRequestPath, location.href).pathname) {
    event.detail.shouldSwap = false
    location.reload()
  } else if (event.target.id === "board" && xhr.status === 200) {
    sayStale(false)
  }
})
// Everything in a list at once, where there are scripts to do it.
for (const button of document.querySelectorAll("[data-tick-all]")) button.hidden = false
document.addEventListener("click", event => {
  const all = event.target.closest("[data-tick-all]")
  if (all) for (const box of all.form.querySelectorAll("input[type=checkbox]")) box.checked = true
})
document.addEventListener("keydown", step)
document.addEventListener("click", event => {
  const button = event.target.closest("[data-fill-now]")
  if (button) fillNow(button)
})
