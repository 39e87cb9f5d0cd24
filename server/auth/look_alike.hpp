// Names that look alike (THREATS T29; the idea of a skeleton is that of Unicode UTS 39, section 4). Two names with one
// skeleton cannot both exist. Pure; any thread.
//
// How: compatibility forms, case and what draws nothing are folded away (NFKC with case folding), runs of white space
// become one space, then letters and digits that look like a small Latin letter become it. The table is our own and
// small: Latin, Greek, Cyrillic, Armenian, Cherokee, Coptic and Lisu letters, digits and a few pairs. Limits: it knows
// no font; letters that look alike within other scripts, letters with marks in two scripts, and marks that look alike
// (acute against a stroke), stay different; so do small Greek nu and v, upsilon and u, for nu has the look of its
// capital N. That letters of two scripts stand in one word is refused before (auth/shown_names).
#pragma once

#include <string>
#include <string_view>

namespace parley::auth {

// Empty for text that is not UTF-8, or of which nothing is left.
[[nodiscard]] std::string skeleton_of(std::string_view name);

// Names that would be taken for the server, or for a group: "all", "here", "system" … and what looks like them,
// with signs around it or without: "@here".
[[nodiscard]] bool is_reserved(std::string_view name);

}  // namespace parley::auth
