"""What somebody may do to the audit who has the database and the folder of the signed heads, but not the keys."""

import hashlib
import hmac
import shutil
from datetime import timedelta
from uuid import UUID, uuid4

from frankpledge.web.audit.marks import COLUMNS, canonical, marker
from tests.web.audit.logs import BARNET, HARROW, stored, stored_heads

CHAINS = ("site", str(BARNET), str(HARROW))


def another_key(before, columns):
    """The mark as somebody makes it who has not the key."""
    return hmac.new(b"a guess", f"{before}\n{canonical(columns)}".encode(), hashlib.sha256).hexdigest()


class Tampering:
    """Ways to tamper, at places that `draw` picks."""

    def __init__(self, draw, heads):
        self.draw = draw
        self.heads = heads

    def chain(self):
        """Any chain."""
        return self.draw.choice(CHAINS)

    def row(self, chain=None):
        """Any entry."""
        return self.draw.choice(list(stored(chain or self.chain())))

    def put(self, row, **columns):
        """Write other columns over an entry."""
        stored().filter(id=row.id).update(**columns)

    def shift(self, chain, after, by):
        """Give the entries after one other numbers."""
        rows = list(stored(chain).filter(sequence__gt=after).order_by("sequence"))
        for row in rows if by < 0 else reversed(rows):
            self.put(row, sequence=row.sequence + by)

    def copy(self, row, **columns):
        """Put in an entry like another."""
        values = {name: getattr(row, name) for name in (*COLUMNS, "mark")} | {"id": uuid4()} | columns
        return stored().create(**values)

    def mark_again(self, chain, start, make):
        """Make the marks of a chain again from an entry on, and its head with them."""
        before = stored(chain).filter(sequence=start - 1).values_list("mark", flat=True).first() or ""
        for row in stored(chain).filter(sequence__gte=start).order_by("sequence"):
            before = make(before, row.columns)
            self.put(row, mark=before)
        self.agree(chain)

    def agree(self, chain):
        """Have the head in the database say what the entries say."""
        last = stored(chain).order_by("-sequence").first()
        stored_heads().filter(chain=chain).update(sequence=last.sequence, mark=last.mark)

    # --- the ways

    def change_a_column(self):
        """Any column of any entry."""
        row = self.row()
        name = self.draw.choice((*COLUMNS, "mark"))
        self.put(row, **{name: self.otherwise(name, getattr(row, name))})

    def otherwise(self, name, value):
        """Another value that a column could have."""
        if name == "id":
            return UUID(int=self.draw.getrandbits(128))
        if name == "sequence":
            return self.draw.randrange(100, 2**40)
        if name == "at":
            return value + timedelta(microseconds=self.draw.choice((-1, 1)) * self.draw.randrange(1, 10**9))
        if name == "mark":
            return f"{self.draw.getrandbits(256):064x}"
        others = ["", f"{value}0", value[1:], str(uuid4()), '{"number":99}']
        return self.draw.choice([one for one in others if one != value and (len(one) <= 36 or len(value) > 36)])

    def delete_an_entry(self):
        """Any one."""
        stored().filter(id=self.row().id).delete()

    def delete_some(self):
        """Any of a chain."""
        chain = self.chain()
        ids = list(stored(chain).values_list("id", flat=True))
        stored().filter(id__in=self.draw.sample(ids, self.draw.randrange(1, len(ids)))).delete()

    def delete_and_close_the_gap(self):
        """The entries after it move up, and the head agrees."""
        row = self.row()
        stored().filter(id=row.id).delete()
        self.shift(row.chain, row.sequence, -1)
        if stored(row.chain).exists():
            self.agree(row.chain)

    def put_in_at_the_end(self):
        """One that looks as it should."""
        last = stored(self.chain()).order_by("-sequence").first()
        made = self.copy(last, sequence=last.sequence + 1)
        self.put(made, mark=another_key(last.mark, made.columns))
        if self.draw.random() < 0.5:
            self.agree(last.chain)

    def put_in_between(self):
        """The entries after it move down."""
        row = self.row()
        self.shift(row.chain, row.sequence, 1)
        self.copy(row, sequence=row.sequence + 1)
        self.agree(row.chain)

    def swap_two(self):
        """Two entries of a chain."""
        chain = self.chain()
        one, other = self.draw.sample(list(stored(chain)), 2)
        self.put(one, sequence=10**6)
        self.put(other, sequence=one.sequence)
        self.put(one, sequence=other.sequence)
        self.agree(chain)

    def cut_the_tail(self):
        """As somebody does who knows of no head."""
        row = self.row()
        stored(row.chain).filter(sequence__gte=row.sequence).delete()

    def cut_the_tail_and_the_head(self):
        """As somebody does who does."""
        row = self.row()
        stored(row.chain).filter(sequence__gt=max(row.sequence - 1, 1)).delete()
        self.agree(row.chain)

    def renumber(self):
        """From an entry on."""
        row = self.row()
        self.shift(row.chain, row.sequence - 1, self.draw.randrange(1, 10**6))
        self.agree(row.chain)

    def replace_a_mark(self):
        """By one that somebody made up."""
        row = self.row()
        before = stored(row.chain).filter(sequence=row.sequence - 1).values_list("mark", flat=True).first() or ""
        self.put(row, mark=another_key(before, row.columns))
        self.agree(row.chain)

    def chain_again_with_another_key(self):
        """From a changed entry to the end."""
        row = self.row()
        self.put(row, event="test-other")
        self.mark_again(row.chain, row.sequence, another_key)

    def chain_again_with_our_key(self):
        """Even who has the key of the marks, but not that of the heads."""
        row = self.row()
        self.put(row, event="test-other")
        self.mark_again(row.chain, row.sequence, marker())

    def put_an_older_copy_back(self):
        """Of all entries and heads."""
        kept = {chain: self.draw.randrange(1, stored(chain).count() + 1) for chain in CHAINS}
        kept[str(HARROW)] = self.draw.randrange(1, 12)
        for chain, number in kept.items():
            stored(chain).filter(sequence__gt=number).delete()
            self.agree(chain)

    def change_a_head(self):
        """In the database."""
        head = stored_heads().filter(chain=self.chain())
        if self.draw.random() < 0.3:
            head.delete()
        elif self.draw.random() < 0.5:
            head.update(sequence=head.get().sequence + self.draw.choice((-1, 1, 7)))
        else:
            head.update(mark=self.otherwise("mark", None))

    def forge_a_signed_head(self):
        """One letter of its file."""
        path = self.heads / f"{self.chain()}.json"
        text = path.read_text()
        place = self.draw.choice([number for number, letter in enumerate(text) if letter.isalnum()])
        path.write_text(text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :])

    def move_a_signed_head(self):
        """To the place of another chain's."""
        one, other = self.draw.sample(CHAINS, 2)
        shutil.copy(self.heads / f"{one}.json", self.heads / f"{other}.json")

    def delete_a_signed_head(self):
        """Of any chain."""
        (self.heads / f"{self.chain()}.json").unlink()

    def make_a_chain_vanish(self):
        """Its entries, its head, perhaps the signed one too."""
        chain = self.chain()
        stored(chain).delete()
        stored_heads().filter(chain=chain).delete()
        if self.draw.random() < 0.5:
            (self.heads / f"{chain}.json").unlink()

    def move_an_entry_to_another_chain(self):
        """To its end; perhaps to a chain of its own."""
        row = self.row()
        other = self.draw.choice([chain for chain in (*CHAINS, str(uuid4()), "nowhere") if chain != row.chain])
        self.put(row, chain=other, sequence=stored(other).count() + 1)

    def invent_a_chain(self):
        """Of entries that look as they should."""
        chain, before = str(uuid4()), ""
        for row in stored(HARROW).order_by("sequence")[: self.draw.randrange(1, 12)]:
            made = self.copy(row, chain=chain)
            before = another_key(before, made.columns)
            self.put(made, mark=before)
        stored_heads().create(chain=chain, sequence=made.sequence, mark=before)


WAYS = (
    Tampering.change_a_column,
    Tampering.delete_an_entry,
    Tampering.delete_some,
    Tampering.delete_and_close_the_gap,
    Tampering.put_in_at_the_end,
    Tampering.put_in_between,
    Tampering.swap_two,
    Tampering.cut_the_tail,
    Tampering.cut_the_tail_and_the_head,
    Tampering.renumber,
    Tampering.replace_a_mark,
    Tampering.chain_again_with_another_key,
    Tampering.chain_again_with_our_key,
    Tampering.put_an_older_copy_back,
    Tampering.change_a_head,
    Tampering.forge_a_signed_head,
    Tampering.move_a_signed_head,
    Tampering.delete_a_signed_head,
    Tampering.make_a_chain_vanish,
    Tampering.move_an_entry_to_another_chain,
    Tampering.invent_a_chain,
)
