"""The index in which people are found. Derived: every row can be written again from the records it stands for.

A row says which record may be meant, never what is in it, and knows nothing of who may see that record: whoever asked
loads the hits through their guarded managers.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

DERIVED = "derived from guarded records; hits are loaded through them"


class Indexed(models.Model):
    """One person on record, as they are searched for. What is not known of a birth is a range of all time."""

    key = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=60, help_text="Model of the record, as app.model")
    names = ArrayField(models.TextField(), help_text="Main name and aliases, folded: given names, a tab, family name")
    homes = ArrayField(models.TextField(), help_text="As search.homes writes them")
    marks = ArrayField(models.BigIntegerField(), help_text="What finds this record exactly: see search.keys.mark")
    born_from = models.DateField()
    born_to = models.DateField()

    open_because = DERIVED

    class Meta:
        indexes = [
            # Straight into the index: a list of what is still to be sorted in would be read by each search.
            GinIndex(fields=["marks"], fastupdate=False, name="indexed_marks"),
            models.Index(fields=["born_from", "born_to"], name="indexed_born"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Pair(models.Model):
    """Two words of one person's names. Somebody with one name only has a pair of that word with itself.

    Pairs, because one word is no way in: of two million people twenty thousand are called Smith, two hundred of them
    John. The words stand here as numbers (`search.keys.number`), the smaller one first, so that order does not matter.
    """

    pk = models.CompositePrimaryKey("low", "high", "key")
    low = models.IntegerField()
    high = models.IntegerField()
    key = models.UUIDField()
    born_from = models.DateField()
    born_to = models.DateField()

    open_because = DERIVED

    class Meta:
        indexes = [models.Index(fields=["high"], name="pair_high"), models.Index(fields=["key"], name="pair_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.low} and {self.high}"


class Word(models.Model):
    """A word that is in use as a name, or a street, and the keys by which words like it are found."""

    pk = models.CompositePrimaryKey("sort", "word")
    sort = models.CharField(max_length=1, choices=[("n", "Name"), ("s", "Street")], db_collation="C")
    word = models.CharField(max_length=60, db_collation="C", help_text="Folded")
    number = models.IntegerField(help_text="As it stands in pairs")
    keys = ArrayField(models.IntegerField(), help_text="Spelling and sound: see search.keys.alike")
    people = models.IntegerField(default=0, help_text="About how many are called so, when that was last counted")

    open_because = DERIVED

    class Meta:
        indexes = [GinIndex(fields=["keys"], fastupdate=False, name="word_keys")]

    def __str__(self) -> str:
        return self.word
