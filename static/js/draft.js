// Keeps a notice while it is written. Without this script the page works: "Save as a draft" does the same by hand.
//
// What is typed is saved on the server a moment after the last key. While there is no connection it is kept in this tab
// alone (sessionStorage: gone when the tab is closed), tried again, and nothing is sent away half.

const said = document.getElementById("draft")
const form = said?.closest("form") ?? document.querySelector("form[novalidate]")
const PAUSE = 1500
const AGAIN = 5000
const slot = `longstop-draft:${location.pathname}${location.search}`
let waiting = null
let failedSince = null

function tell(text) {
  said.hidden = false
  if (said.textContent !== text) said.textContent = text
}

function clock(moment) {
  return moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
}

// Names and values as they stand in the boxes, without what is only for this one page.
function typed() {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken")
}

function keepHere() {
  try {
    sessionStorage.setItem(slot, JSON.stringify(typed()))
  } catch {
    // A full or forbidden store: the boxes themselves still hold everything while the page is open.
  }
}

async function save() {
  clearTimeout(waiting)
  try {
    const answer = await fetch(said.dataset.save, { method: "POST", body: new FormData(form), credentials: "same-origin" })
    if (answer.status === 409) {
      tell((await answer.json()).why)
      return false
    }
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status))
    failedSince = null
    sessionStorage.removeItem(slot)
    tell(`Saved as a draft, ${(await answer.json()).saved}. Nobody reviews it until you submit it.`)
    return true
  } catch {
    failedSince ??= new Date()
    keepHere()
    tell(`Not saved since ${clock(failedSince)}: no connection. Keep this page open. It is tried again by itself.`)
    waiting = setTimeout(save, AGAIN)
    return false
  }
}

function later() {
  keepHere()
  clearTimeout(waiting)
  waiting = setTimeout(save, PAUSE)
}

// The page was loaded again while there was no connection: what was typed in this tab comes back.
function bringBack() {
  let kept
  try {
    kept = JSON.parse(sessionStorage.getItem(slot) ?? "null")
  } catch {
    kept = null
  }
  if (!kept) return
  const values = new Map()
  for (const [name, value] of kept) values.set(name, [...(values.get(name) ?? []), value])
  for (const box of form.elements) {
    if (!box.name || !values.has(box.name) || box.name === "csrfmiddlewaretoken") continue
    const given = values.get(box.name)
    if (box.type === "checkbox" || box.type === "radio") box.checked = given.includes(box.value)
    else if (box.type !== "submit") box.value = given[0]
  }
  tell("What you had typed in this tab is back. It is being saved.")
  later()
}

async function submit(event) {
  if (event.submitter?.name) return
  event.preventDefault()
  if (await save()) {
    form.submit()
  } else if (failedSince) {
    tell(`Not submitted: no connection since ${clock(failedSince)}. Nothing is lost. Keep this page open and submit again.`)
    said.scrollIntoView({ block: "center" })
  } else {
    form.submit()
  }
}

if (said && form) {
  bringBack()
  form.addEventListener("input", later)
  form.addEventListener("submit", submit)
}
