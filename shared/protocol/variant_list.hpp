// How a list of messages or events (a std::variant) is read by number: the position in the variant never reaches the
// wire, only kTag and kKind do.
#pragma once

#include <array>
#include <utility>

#include "protocol/frame_archive.hpp"

namespace parley {

template <class Body>
constexpr std::uint8_t kind_number(const Body& body) {
    if constexpr (requires { Body::kKind; }) {
        return Body::kKind;
    } else {
        return body.kind;
    }
}

template <class T>
concept HasTag = requires {
    T::kTag;
};
template <class T>
concept HasKind = requires {
    T::kKind;
};

template <class T>
constexpr unsigned number_of() {
    if constexpr (HasTag<T>) {
        return T::kTag;
    } else if constexpr (HasKind<T>) {
        return T::kKind;
    } else {
        return 0;  // the Unknown… alternative
    }
}

// True if no two alternatives have one number: a repeated tag fails to compile.
template <class... Alternatives>
constexpr bool numbers_are_unique(std::type_identity<std::variant<Alternatives...>>) {
    constexpr std::array<unsigned, sizeof...(Alternatives)> numbers{number_of<Alternatives>()...};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        for (std::size_t j = i + 1; j < numbers.size(); ++j) {
            if (numbers[i] == numbers[j]) return false;
        }
    }
    return true;
}

// Reads the alternative with this number from the bytes, which must hold exactly it.
template <class Variant, class Alternative>
bool read_alternative(unsigned number, std::span<const std::byte> bytes, std::size_t budget, Variant& out,
                      DecodeError& error) {
    if constexpr (number_of<Alternative>() == 0) {
        return false;
    } else {
        if (number != number_of<Alternative>()) return false;
        FrameReader reader(bytes, budget);
        Alternative read{};
        reader(read);
        error = reader.error();
        if (error == DecodeError::none && reader.left() != 0) error = DecodeError::trailing_bytes;
        if (error == DecodeError::none) out = std::move(read);
        return true;
    }
}

// False if no alternative has this number.
template <class... Alternatives>
bool read_numbered(unsigned number, std::span<const std::byte> bytes, std::size_t budget,
                   std::variant<Alternatives...>& out, DecodeError& error) {
    return (read_alternative<std::variant<Alternatives...>, Alternatives>(number, bytes, budget, out, error) || ...);
}

// An event's body; one of an unknown kind is kept as its kind alone.
template <class Unknown, class... Known>
DecodeError read_body(std::uint8_t kind, std::span<const std::byte> bytes, std::size_t budget,
                      std::variant<Unknown, Known...>& out) {
    auto error = DecodeError::none;
    if (!read_numbered(kind, bytes, budget, out, error)) out = Unknown{kind};
    return error;
}

}  // namespace parley
