"""The use cases of the desk: work a case from its start to its end. Each is one transaction: begin, load, decide, save, commit.

Raises Refusal and FormRefusal; then nothing has changed. After a commit the bell is rung; it may get lost.
"""

from engine.desk.dates import WhatDatesTell
from engine.desk.machines import WhatMachinesDo
from engine.desk.offers import WhatIsOffered
from engine.desk.outside import WhatIsHeard
from engine.desk.people import WhatPeopleDo
from engine.desk.presses import Done
from engine.desk.registers import WhatIsKept

__all__ = ["Desk", "Done"]


class Desk(WhatPeopleDo, WhatIsHeard, WhatIsOffered, WhatIsKept, WhatDatesTell, WhatMachinesDo):
    """Everything people, events and timers can do to cases: the one door to its parts."""
