"""The floor of a page: plain Streamlit that shows the same elements, of data that is there already."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from types import MethodType
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

#: What an element does with what was chosen costs nothing here.
_CALLBACKS = ("on_change", "on_click")
#: Elements that put each of their options into words: they are given the words.
_WORDED = ("selectbox", "segmented_control")
#: The places of a page in which elements stand; others are made by an element before them.
_MAIN, _SIDE = "main", "side"


@dataclass(frozen=True)
class _Call:
    """An element: where it stands, and what it is made of. `makes`: the places that it makes."""

    place: str
    name: str
    args: tuple
    kwargs: dict
    makes: tuple[str, ...]


_PAGES: dict[str, list[_Call]] = {}


def note_page(name: str, show: Callable[[], None]) -> None:
    """Show a page, and remember its elements under that name."""
    calls: list[_Call] = []
    with _noting(calls):
        show()
    _PAGES[name] = calls


def show_noted(name: str) -> None:
    """The elements of the page that `note_page` saw last under that name, and nothing else."""
    places: dict[str, Any] = {_MAIN: st._main, _SIDE: st.sidebar}
    for call in _PAGES[name]:
        made = getattr(places[call.place], call.name)(*call.args, **call.kwargs)
        places.update(zip(call.makes, _places_in(made), strict=True))


@contextmanager
def _noting(calls: list[_Call]) -> Iterator[None]:
    """Until the end, each element that is asked for is added to the calls."""
    places = {id(st._main): _MAIN, id(st.sidebar): _SIDE}
    held: list[Any] = []  # an id is that of no other thing while its own is there
    within = False

    def note(name: str, method: Callable) -> Callable:
        @wraps(method)
        def noted(own: DeltaGenerator, *args, **kwargs):
            nonlocal within
            if within:
                return method(own, *args, **kwargs)
            within = True
            try:
                place = places[id(own._active_dg)]
                made = method(own, *args, **kwargs)
            finally:
                within = False
            new = _places_in(made) if made is not own else ()
            held.extend(new)
            names = tuple(f"{len(held)}.{number}" for number in range(len(new)))
            places.update((id(one), each) for one, each in zip(new, names, strict=True))
            calls.append(_Call(place, name, *_constant(name, args, kwargs), names))
            return made

        return noted

    elements = {
        name: method.__func__
        for name, method in vars(st).items()
        if isinstance(method, MethodType) and method.__self__ is st._main
    }
    before = {name: getattr(st, name) for name in elements}
    for name, method in elements.items():
        noted = note(name, method)
        setattr(DeltaGenerator, name, noted)
        setattr(st, name, MethodType(noted, st._main))
    try:
        yield
    finally:
        for name, method in before.items():
            delattr(DeltaGenerator, name)  # what it inherits stands again
            setattr(st, name, method)


def _places_in(made: Any) -> tuple[DeltaGenerator, ...]:
    """The places that an element has made: a container, columns."""
    found = made if isinstance(made, list | tuple) else (made,)
    return tuple(one for one in found if isinstance(one, DeltaGenerator))


def _constant(name: str, args: tuple, kwargs: dict) -> tuple[tuple, dict]:
    """The same, with nothing left to be computed."""
    kept = {
        key: value for key, value in kwargs.items() if key not in _CALLBACKS or value == "rerun"
    }
    say = kept.pop("format_func", None) if name in _WORDED else None
    if callable(say):
        label, options, *rest = args
        args = (label, [say(one) for one in options], *rest)
    return args, kept
