// The words for codes: errors and messages (refusals: refusal_words.cpp).
#include "protocol/codec.hpp"

namespace parley {

namespace {

// "PostText" out of the compiler's own name of the type (gcc: "[with T = parley::PostText; …", clang: "[T =
// parley::PostText]").
template <class T>
constexpr std::string_view type_name() {
    std::string_view name = __PRETTY_FUNCTION__;
    name.remove_prefix(name.find("T = parley::") + 12);
    return name.substr(0, name.find_first_of(";]"));
}

template <class Variant>
std::string_view alternative_name(const Variant& message) {
    return std::visit([]<class T>(const T&) { return type_name<T>(); }, message);
}

}  // namespace

std::string_view name_of(DecodeError error) {
    switch (error) {
        case DecodeError::none:
            return "none";
        case DecodeError::empty:
            return "empty";
        case DecodeError::unknown_tag:
            return "unknown_tag";
        case DecodeError::truncated:
            return "truncated";
        case DecodeError::trailing_bytes:
            return "trailing_bytes";
        case DecodeError::too_long:
            return "too_long";
        case DecodeError::not_utf8:
            return "not_utf8";
        case DecodeError::out_of_range:
            return "out_of_range";
        case DecodeError::over_budget:
            return "over_budget";
    }
    return "unknown";
}

std::string_view name_of(const ClientMessage& message) {
    return alternative_name(message);
}
std::string_view name_of(const ServerMessage& message) {
    return alternative_name(message);
}

}  // namespace parley
