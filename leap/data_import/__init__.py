"""Records that agencies send as files: read, checked as a whole, and taken in all or not at all.

`cells` reads one cell, `formats` says what each file holds, `reading` goes through a file,
`staging` lays its rows out in temporary tables. From there on all is set-based SQL: `keys` finds
what each reference stands for, the modules named after the files check and load them, `closure`
finds the families that must wait, and `importing` is the order in which all this happens.
"""
