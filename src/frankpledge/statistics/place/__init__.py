"""Where: density, clusters, concentration, prediction and displacement, in metres.

Everything here takes points in National Grid metres and refuses degrees, in which a metre north is not a metre east.
Open data snaps incidents to points that stand for a street: bring those together first (`gather_points`), and never
read a map of them below the size of a street.
"""
