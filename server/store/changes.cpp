#include "store/changes.hpp"

namespace parley::store {

std::optional<Operation> operation_of(const Change& change) {
    return std::visit(
        [](const auto& kind) -> std::optional<Operation> {
            if constexpr (requires { kind.operation; }) return kind.operation;
            return std::nullopt;
        },
        change);
}

std::size_t bytes_of(const Change& change) {
    const auto text = std::visit(
        [](const auto& kind) -> std::size_t {
            if constexpr (requires { kind.text; }) return kind.text.str().size();
            if constexpr (requires { kind.topic; }) return kind.topic.str().size();
            if constexpr (requires { kind.password_hash; }) return kind.password_hash.size();
            return 0;
        },
        change);
    const auto people = std::visit(
        [](const auto& kind) -> std::size_t {
            if constexpr (requires { kind.mentioned; }) return kind.mentioned.people.size() * sizeof(UserId);
            return 0;
        },
        change);
    return sizeof(Change) + text + people;
}

}  // namespace parley::store
