// Which types a std::variant may hold, as a concept: for what takes any of them by its own name and is compiled for all
// of them in one place, since what a std::variant of many does is too much to compile wherever one is made.
#pragma once

#include <tuple>
#include <type_traits>
#include <variant>

namespace parley {

template <class Type, class Variant>
inline constexpr bool kIsAlternative = false;
template <class Type, class... Alternatives>
inline constexpr bool kIsAlternative<Type, std::variant<Alternatives...>> = (std::is_same_v<Type, Alternatives> || ...);

template <class Type, class Variant>
concept AlternativeOf = kIsAlternative<Type, Variant>;

// `name` gives the address of a function for one alternative; kept by a [[gnu::used]] constant, each is compiled there.
template <class... Alternatives, class Name>
constexpr auto for_each_alternative(std::type_identity<std::variant<Alternatives...>>, Name name) {
    return std::tuple{name(std::type_identity<Alternatives>{})...};
}

}  // namespace parley
