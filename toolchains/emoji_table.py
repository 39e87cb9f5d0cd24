#!/usr/bin/env python3
"""Writes the table of emoji that shared/text/emoji is compiled with: emoji_table.py ORDER PROPERTIES NAMES KEYWORDS OUTPUT

ORDER       emoji-test.txt of Unicode (Debian: unicode-data): which there are, their groups, in the order of a picker
PROPERTIES  emoji-data.txt of Unicode (unicode-data): what a character may do in a sequence (UTS #51)
NAMES       data_dict.py of the Python package emoji (python3-emoji): its aliases are gemoji's names, the common root of
            shortcodes, kept up with Unicode
KEYWORDS    annotations/en.xml of CLDR (unicode-cldr-core): what people search for

Left out: flags of countries and regions (shortcodes "flag-de" make them from the list of their letters), and versions with
a skin tone (made from the plain one). Keywords that a shortcode says already, or that half of all have, are left out too."""
import collections
import pathlib
import re
import runpy
import sys
import unicodedata
import xml.etree.ElementTree

GROUPS = ["Smileys & Emotion", "People & Body", "Animals & Nature", "Food & Drink", "Travel & Places", "Activities", "Objects",
          "Symbols", "Flags"]
LEFT_OUT = {"country-flag", "subdivision-flag"}
TONES = [chr(tone) for tone in range(0x1F3FB, 0x1F400)]
SELECTOR = "\ufe0f"  # asks for the colourful look
TOO_COMMON = 80  # emoji that share a keyword
# Names of Slack and Discord that people know and gemoji does not have.
MORE_NAMES = {"🙂": ["slight_smile", "simple_smile"], "🤔": ["thinking_face"], "🙁": ["slight_frown"], "🙄": ["rolling_eyes"],
              "🤗": ["hugging"], "👍": ["thumbup"], "👎": ["thumbdown"], "🤖": ["robot_face"]}
STOP_WORDS = {"the", "and", "with", "for", "over"}


def read_order(path):
    """(text, group, subgroup, name) of each that is fully qualified."""
    group = subgroup = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# group:"):
            group = line.split(":", 1)[1].strip()
        elif line.startswith("# subgroup:"):
            subgroup = line.split(":", 1)[1].strip()
        elif match := re.match(r"([0-9A-F ]+?)\s*;\s*fully-qualified\s*#\s*\S+ E[\d.]+ (.*)", line):
            yield "".join(chr(int(code, 16)) for code in match[1].split()), group, subgroup, match[2]


def read_property(path, name):
    """Stretches of code points, beyond ASCII, rising and joined."""
    points = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(rf"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*{name}\s*#", line):
            points.update(range(int(match[1], 16), int(match[2] or match[1], 16) + 1))
    stretches = []
    for point in sorted(point for point in points if point > 0x7F):
        if stretches and stretches[-1][1] == point - 1:
            stretches[-1][1] = point
        else:
            stretches.append([point, point])
    return stretches


def as_shortcode(name):
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9+]+", "_", plain).strip("_")


def read_names(path):
    """Shortcodes by text: gemoji's, or the name where gemoji has the same."""
    names = {}
    for text, entry in runpy.run_path(str(path))["EMOJI_DATA"].items():
        aliases = [alias.strip(":").lower() for alias in entry.get("alias", []) if "__" not in alias]
        names[text] = aliases or [as_shortcode(entry["en"])]
    return names


def read_keywords(path):
    keywords = {}
    for entry in xml.etree.ElementTree.parse(path).getroot().iter("annotation"):
        words = re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKD", entry.text or "").lower())
        keywords.setdefault(entry.get("cp"), set()).update(words)
    return keywords


def bare(text):
    return text.replace(SELECTOR, "")


def with_tone(text, tone, bases):
    """As shared/text/emoji/skin_tone.cpp does it: behind each that takes one, instead of the selector there."""
    toned = ""
    for character in text:
        if character == SELECTOR and toned.endswith(tone):
            continue
        toned += character + (tone if ord(character) in bases else "")
    return toned


def choose_keywords(rows, keywords):
    counts = collections.Counter(word for text, *_ in rows for word in keywords.get(bare(text), ()))
    for text, group, name, shortcodes in rows:
        said = {word for shortcode in shortcodes for word in shortcode.split("_")}
        words = {word for word in keywords.get(bare(text), set()) | set(re.findall(r"[a-z0-9]+", name.lower()))
                 if len(word) > 2 and word not in STOP_WORDS and counts[word] <= TOO_COMMON}
        longer = said | words
        yield sorted(word for word in words - said if not any(other != word and other.startswith(word) for other in longer))


def literal(text):
    escaped = "".join(chr(byte) if 0x20 <= byte < 0x7F and chr(byte) not in '"\\' else f"\\{byte:03o}" for byte in text.encode())
    return f'"{escaped}"'


def numbers(name, kind, values):
    lines = [", ".join(str(value) for value in values[i:i + 24]) for i in range(0, len(values), 24)]
    return f"inline constexpr {kind} {name}[] = {{\n" + ",\n".join(lines) + "};\n"


def stretches(name, values):
    return f"inline constexpr Stretch {name}[] = {{" + ", ".join(f"{{{a}, {b}}}" for a, b in values) + "};\n"


def main():
    order, properties, names_file, keywords_file, output = map(pathlib.Path, sys.argv[1:])
    listed = list(read_order(order))
    known = {text for text, *_ in listed}
    names = read_names(names_file)
    bases = {point for first, last in read_property(properties, "Emoji_Modifier_Base") for point in range(first, last + 1)}
    taken = set()
    rows = []
    for text, group, subgroup, name in listed:
        if subgroup in LEFT_OUT or any(tone in text for tone in TONES):
            continue
        shortcodes = names.get(text, []) + MORE_NAMES.get(text, [])
        shortcodes = [code for code in dict.fromkeys(shortcodes) if code not in taken] or [as_shortcode(name)]
        if taken.intersection(shortcodes):
            sys.exit(f"emoji_table.py: {text} has no shortcode of its own")
        taken.update(shortcodes)
        rows.append((text, group, name, shortcodes))

    records, starts, codes, at = [], [], [], 0
    for (text, group, name, shortcodes), words in zip(rows, choose_keywords(rows, read_keywords(keywords_file))):
        record = f"{text}\t{' '.join(shortcodes)}\t{' '.join(words)}\n"
        starts.append(at)
        place = at + len(text.encode()) + 1
        for shortcode in shortcodes:
            codes.append((shortcode, place))
            place += len(shortcode) + 1
        at += len(record.encode())
        records.append(record)
    toned = [all(with_tone(text, tone, bases) in known for tone in TONES) and with_tone(text, TONES[0], bases) != text
             for text, *_ in rows]
    bits = [sum(toned[i + bit] << bit for bit in range(8) if i + bit < len(toned)) for i in range(0, len(toned), 8)]
    ends = [sum(GROUPS.index(row[1]) <= i for row in rows) for i in range(len(GROUPS))]
    if [GROUPS.index(row[1]) for row in rows] != sorted(GROUPS.index(row[1]) for row in rows):
        sys.exit("emoji_table.py: the groups are not in their order")
    if at > 0xFFFF:
        sys.exit(f"emoji_table.py: {at} bytes do not fit a table of 16-bit places")
    regions = sorted("".join(chr(ord(letter) - 0x1F1E6 + ord("a")) for letter in text)
                     for text, group, subgroup, name in listed if subgroup == "country-flag")

    table = "// Made by toolchains/emoji_table.py; emoji_table.hpp of shared/text/emoji says what it is.\n"
    table += "inline constexpr std::string_view kRecords =\n" + "\n".join(literal(record[:-1])[:-1] + '\\n"' for record in records) + ";\n"
    table += numbers("kStarts", "std::uint16_t", starts)
    table += numbers("kShortcodes", "std::uint16_t", [place for _, place in sorted(codes)])
    table += numbers("kSkinTones", "std::uint8_t", bits)
    table += numbers("kCategoryEnds", "std::uint16_t", ends)
    table += f'inline constexpr std::string_view kRegions = "{"".join(regions)}";\n'
    table += stretches("kColourful", read_property(properties, "Emoji_Presentation"))
    table += stretches("kPictures", read_property(properties, "Emoji"))
    table += stretches("kTakesTone", read_property(properties, "Emoji_Modifier_Base"))
    output.write_text(table, encoding="ascii")
    size = at + 2 * (len(starts) + len(codes) + len(ends)) + len(bits) + 2 * len(regions)
    print(f"{len(rows)} emoji, {len(codes)} shortcodes, {size} bytes")


main()
