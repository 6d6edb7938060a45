"""What the law asks of a partnership, and how far it is met.

Duties are dated text (`definition`). What answers them is `evidence`: loads of the warehouse, editions kept, the plan,
and the register that the partnership keeps by hand (`register`). `coverage` sets the one against the other.
"""
