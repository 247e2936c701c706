"""Invented names for what is shown to others: plants and birds, nobody's gender or land.

They are drawn for all people of a table at once, by a key made of all of them: whoever knows one
person's profile cannot work out that person's pseudonym, and the same people always get the same.
Where a secret is given as well, nobody can draw them again who has not got it.
"""

from __future__ import annotations

import hmac
import json
from hashlib import sha256
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["PLANTS", "draw", "invent_names", "keyed", "secret_of"]

_PLANTS: Final = (
    "Acacia Acer Agave Alder Alga Aloe Almond Amaranth Anemone Angelica Anise Arnica Arum Ash "
    "Aspen Aster Azalea Balsam Bamboo Banyan Baobab Barley Basil Bay Beech Begonia Bergamot "
    "Betony Birch Bluebell Borage Box Bracken Bramble Briar Broom Bryony Buckthorn Burdock "
    "Buttercup Cacao Calla Camellia Campion Caper Caraway Cardamom Cassia Catkin Cedar "
    "Celandine Chamomile Cherry Chervil Chestnut Chicory Chive Cicely Citron Clove Clover "
    "Coltsfoot Columbine Comfrey Cork Coriander Cornel Cosmos Cowslip Cress Crocus Cumin "
    "Currant Cypress Daisy Damson Dahlia Dill Dogwood Elder Elm Fennel Fern Fescue Fig Fir Flax "
    "Foxglove Freesia Fuchsia Furze Gale Gentian Ginger Gorse Hawthorn Hazel Heather Hellebore "
    "Hemlock Holly Hop Hornbeam Hyacinth Hyssop Iris Ivy Jasmine Juniper Kelp Larch Larkspur "
    "Laurel Lavender Lichen Lilac Lily Linden Lobelia Lotus Lovage Lupin Madder Magnolia Mallow "
    "Maple Marigold Marjoram Meadow Medlar Millet Mimosa Mint Mistletoe Moss Mulberry Mullein "
    "Myrtle Nettle Nutmeg Oak Oat Olive Orchid Osier Oxlip Palm Pansy Parsley Peony Pepper Pine "
    "Plum Poplar Poppy Primrose Privet Quince Reed Rosemary Rowan Rush Rye Saffron Sage "
    "Samphire Sedge Sorrel Spruce Sumac Sycamore Tansy Teasel Thistle Thrift Thyme Tulip "
    "Valerian Vanilla Verbena Vetch Violet Walnut Willow Woad Yarrow Yew Zinnia "
)
_BIRDS: Final = (
    "Albatross Auk Avocet Barbet Bittern Blackbird Bluethroat Brambling Bunting Bustard Buzzard "
    "Capercaillie Cassowary Chaffinch Chat Chiffchaff Chough Condor Coot Cormorant Corncrake "
    "Cotinga Crake Crane Crossbill Crow Cuckoo Curlew Dabchick Darter Dipper Diver Dotterel "
    "Dove Drongo Duck Dunlin Dunnock Eagle Egret Eider Emu Falcon Fantail Fieldfare Finch "
    "Firecrest Flamingo Flycatcher Fulmar Gadwall Gallinule Gannet Garganey Godwit Goldcrest "
    "Goldeneye Goldfinch Goosander Goose Goshawk Grebe Greenfinch Greenshank Grosbeak Grouse "
    "Guillemot Gull Harrier Hawfinch Hawk Heron Hobby Honeyguide Hoopoe Hornbill Hummingbird "
    "Ibis Jacana Jackdaw Jay Kestrel Kingfisher Kinglet Kite Kittiwake Kiwi Knot Kookaburra "
    "Lapwing Lark Linnet Loon Lorikeet Lyrebird Macaw Magpie Mallard Martin Merganser Merlin "
    "Moorhen Motmot Mynah Nightjar Noddy Nutcracker Nuthatch Oriole Osprey Ostrich Ouzel Owl "
    "Oystercatcher Parakeet Parrot Partridge Peafowl Pelican Penguin Peregrine Petrel Phalarope "
    "Pheasant Pigeon Pintail Pipit Plover Pochard Pratincole Ptarmigan Puffin Quail Quetzal "
    "Rail Raven Razorbill Redpoll Redshank Redstart Redwing Rhea Robin Roller Rook Rosefinch "
    "Ruff Sanderling Sandpiper Scaup Scoter Serin Shag Shearwater Shelduck Shoveler Shrike "
    "Siskin Skimmer Skua Skylark Smew Snipe Sparrow Spoonbill Starling Stilt Stint Stonechat "
    "Stork Sunbird Swallow Swan Swift Tanager Teal Tern Thrush Toucan Treecreeper Trogon Turaco "
    "Turnstone Twite Vireo Vulture Wagtail Warbler Waxwing Weaver Wheatear Whimbrel Whinchat "
    "Whitethroat Wigeon Woodcock Woodlark Woodpecker Wren Wryneck Yellowhammer "
)
_FIRST: Final = tuple(_PLANTS.split())
_LAST: Final = tuple(_BIRDS.split())
PLANTS: Final = _FIRST
"""First names; other invented names may have one in them."""


def invent_names(keys: Iterable[str], *, secret: bytes | None = None) -> dict[str, tuple[str, str]]:
    """Return an invented given and family name for each key, no two the same.

    Parameters
    ----------
    keys : iterable of str
        Those of all people of a network, as in `person_id`; in any order.
    secret : bytes, optional
        What nobody else has, as `secret_of` returns it. Without one whoever has all keys can draw
        the names again.

    Returns
    -------
    dict of str to tuple of str
        Of more than 37,788 people, some bear a number behind the family name.

    Examples
    --------
    >>> names = invent_names(["ana", "ben"])
    >>> names == invent_names(["ben", "ana"]), len(set(names.values()))
    (True, 2)
    >>> names["ana"] == invent_names(["ana", "cem"])["ana"]  # drawn anew for other people
    False
    """
    pairs = len(_FIRST) * len(_LAST)
    if secret is not None:
        return {key: _name(number, pairs) for key, number in draw(keys, secret, pairs).items()}
    ordered = sorted(set(keys))
    digest = sha256("\n".join(ordered).encode("utf-8", "surrogatepass")).digest()
    drawn = Random(digest).sample(range(pairs * -(-len(ordered) // pairs)), len(ordered))  # noqa: S311
    return {key: _name(number, pairs) for key, number in zip(ordered, drawn, strict=True)}


def _name(number: int, pairs: int) -> tuple[str, str]:
    times, pair = divmod(number, pairs)
    first, last = divmod(pair, len(_LAST))
    return _FIRST[first], _LAST[last] if not times else f"{_LAST[last]} {times + 1}"


def secret_of(seed: int | str, keys: Iterable[str]) -> bytes:
    """Return a secret that only the seed and all keys together give.

    Examples
    --------
    >>> secret_of("s", ["ana", "ben"]) == secret_of("s", ["ben", "ana"])
    True
    >>> secret_of("s", ["ana"]) == secret_of("s", ["ana", "ben"])
    False
    """
    # escaped, so that a line break in a key cannot make two of it
    return keyed(f"{type(seed).__name__} {seed}".encode("utf-8", "surrogatepass"),
                 json.dumps(sorted(set(keys))))  # fmt: skip


def keyed(secret: bytes, text: str) -> bytes:
    """Return 32 bytes that nobody can tell from a text without the secret (HMAC, RFC 2104).

    Examples
    --------
    >>> len(keyed(b"secret", "ana"))
    32
    """
    return hmac.digest(secret, text.encode("utf-8", "surrogatepass"), "sha256")


def draw(keys: Iterable[str], secret: bytes, size: int) -> dict[str, int]:
    """Return a number for each key, no two the same: a shuffle that the secret decides.

    Parameters
    ----------
    keys : iterable of str
        In any order.
    secret : bytes
    size : int
        Numbers are below it; of more keys than that, below a multiple.

    Examples
    --------
    >>> sorted(draw("abc", b"secret", 3).values()), max(draw("abcd", b"secret", 2).values())
    ([0, 1, 2], 3)
    """
    ordered = sorted(set(keys), key=lambda key: keyed(secret, f"key {key}"))
    last = size * -(-len(ordered) // size)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for key in ordered:
        tries = (keyed(secret, f"{turn} {key}") for turn in count())
        numbers = (int.from_bytes(one, "big") % last for one in tries)
        found[key] = next(number for number in numbers if number not in taken)
        taken.add(found[key])
    return found
