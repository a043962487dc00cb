"""It takes all the memory there is."""

from zoo import *

ready()
hoard = []
while True:
    hoard.append(bytearray(1 << 24))
