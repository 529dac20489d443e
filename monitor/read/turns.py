"""What costs is done by few at a time; those who wait are let in address by address, in turn."""

import threading
import time
from collections import Counter, OrderedDict, deque
from concurrent.futures import Future

from monitor.errors import TooBusy
from monitor.read.limits import RETRY_SECONDS
from monitor.settings import read_bound

#: An address that has asked for nothing for so long is not there any more, seconds.
GONE = 30
#: What an address has of time that is shared out before its share counts, seconds.
FREE = 3


def too_busy_error() -> TooBusy:
    """What is raised when there is no place, or the turn does not come."""
    return TooBusy("too_busy", seconds=RETRY_SECONDS)


class Turn:
    """A place in the queue, then the turn itself. It is given back by `end`, or at the end of `with`."""

    def __init__(self, turns: "Turns", address: str):
        self._turns, self.address = turns, address
        #: Done once the turn has come; TooBusy when somebody else needed the place more.
        self.come: Future[None] = Future()

    def __enter__(self) -> "Turn":
        return self

    def __exit__(self, *_) -> None:
        self.end()

    def wait(self, seconds: float) -> bool:
        """Whether the turn has come, after so many seconds at the most. Raises TooBusy."""
        try:
            self.come.result(seconds)
        except TimeoutError:
            return False
        return True

    def end(self) -> None:
        """Leave the queue, or let the next one in."""
        self._turns.leave(self)


class Turns:
    """At most `at_once` at a time, `by_address` of them for one address: `alone`, while no other asks.

    At most `waiting` wait, `waiting_by_address` of them for one address. When all places are taken,
    the last one of the address that has most of them makes room for an address that has fewer.
    With `share`, an address that has had more than that part of the time, beyond `free` seconds (FREE),
    begins while no other has a turn; `strictly`, it waits until it has not, though the place is free.
    """

    def __init__(
        self,
        at_once: int,
        by_address: int,
        waiting: int,
        waiting_by_address: int,
        alone: int | None = None,
        share: float | None = None,
        *,
        free: float | None = None,
        strictly: bool = False,
    ):
        self._at_once, self._by_address = at_once, by_address
        self._alone = by_address if alone is None else alone
        self._most, self._most_by_address = waiting, waiting_by_address
        self._share, self._strictly = share, strictly
        self._free = FREE if free is None else free
        self._lock = threading.Lock()
        self._waiting: OrderedDict[str, deque[Turn]] = OrderedDict()
        self._running: Counter[str] = Counter()
        self._taken: dict[Turn, float] = {}
        #: When what an address has had will be no more than its share.
        self._even_at: dict[str, float] = {}
        self._looks_at = 0.0
        self._asked: OrderedDict[str, float] = OrderedDict()

    def ask(self, address: str) -> Turn:
        """A place, and the turn itself where it is free. Raises TooBusy (`too_busy`)."""
        turn = Turn(self, address)
        with self._lock:
            self._note(address)
            queue = self._waiting.get(address, ())
            free = not queue and self._may(address)
            if not free:
                if len(queue) >= self._most_by_address:
                    raise too_busy_error()
                if self.waiting >= self._most:
                    self._make_room(len(queue))
            self._waiting.setdefault(address, deque()).append(turn)
            self._let_in()
        return turn

    def leave(self, turn: Turn) -> None:
        """What `Turn.end` does; a second time it is nothing."""
        with self._lock:
            if turn in self._taken:
                self._count(turn.address, time.monotonic() - self._taken.pop(turn))
                self._running[turn.address] -= 1
                self._running += Counter()
            elif turn in self._waiting.get(turn.address, ()):
                self._waiting[turn.address].remove(turn)
                self._forget(turn.address)
            self._let_in()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))

    @property
    def running(self) -> int:
        """How many have their turn."""
        return len(self._taken)

    def _may(self, address: str) -> bool:
        """Whether an address may have one more turn now."""
        most = self._alone if len(self._asked) < 2 else self._by_address
        others = len(self._taken) - self._running[address]
        free = len(self._taken) < self._at_once and self._running[address] < most
        return free and not ((self._strictly or others) and self._rest(address))

    def _count(self, address: str, seconds: float) -> None:
        """An address has had its turn for so long: put off when it is even with the others."""
        if self._share is None:
            return
        now = time.monotonic()
        self._even_at = {one: at for one, at in self._even_at.items() if at > now}
        self._even_at[address] = self._even_at.get(address, now) + seconds / self._share

    def _rest(self, address: str) -> float:
        """In how many seconds it may have another turn."""
        if address not in self._even_at or self._share is None:
            return 0.0
        return max(0.0, self._even_at[address] - time.monotonic() - self._free / self._share)

    def _let_in(self) -> None:
        """Give each free place to the next address; it then goes behind the others."""
        while (address := next((one for one in self._waiting if self._may(one)), None)) is not None:
            turn = self._waiting[address].popleft()
            self._waiting.move_to_end(address)
            self._forget(address)
            self._taken[turn] = time.monotonic()
            self._running[address] += 1
            turn.come.set_result(None)
        self._look_later()

    def _look_later(self) -> None:
        """Again when the first of those who rest may come: nobody ends then who would let it in."""
        rest = min(filter(None, map(self._rest, self._waiting)), default=0.0)
        now = time.monotonic()
        if rest and not now <= self._looks_at <= now + rest:
            self._looks_at = now + rest
            timer = threading.Timer(rest, self._look)
            timer.daemon = True
            timer.start()

    def _look(self) -> None:
        with self._lock:
            self._looks_at = 0.0
            self._let_in()

    def _make_room(self, own: int) -> None:
        """Send away the last of the address that has most in the queue, if it has more than `own` and
        one. Raises TooBusy else."""
        most = max(self._waiting, key=lambda address: len(self._waiting[address]))
        if len(self._waiting[most]) <= own + 1:
            raise too_busy_error()
        self._waiting[most].pop().come.set_exception(too_busy_error())

    def _forget(self, address: str) -> None:
        if not self._waiting[address]:
            del self._waiting[address]

    def _note(self, address: str) -> None:
        now = time.monotonic()
        self._asked[address] = now
        self._asked.move_to_end(address)
        while now - next(iter(self._asked.values())) > GONE:
            self._asked.popitem(last=False)


#: Runs of the script of a page. Python makes one at a time; a second one need not wait for a long one.
#: The runs of an address that asks without end begin between those of the others.
PAGES = Turns(
    read_bound("MONITOR_PAGES_AT_ONCE"),
    1,
    read_bound("MONITOR_SOCKETS"),
    1_000,
    alone=2,
    share=0.3,
    free=1,
)
#: What routes make: a sheet, a piece of a file.
ANSWERS = Turns(2, 1, 256, 64, alone=2)
#: What was known at a past time, whoever asks, a page or a route: hundreds of MB and a second each.
PAST = Turns(1, 1, 32, 4, share=0.2, strictly=True)
#: Passwords that are checked: 64 MB each meanwhile.
PASSWORDS = Turns(2, 1, 64, 8, alone=2)
#: Files that are being sent. What is never read costs a piece of it each.
FILES = Turns(24, 2, 64, 16, alone=6)
