#include "ui/intents.hpp"

#include <utility>

namespace parley::ui {

Intents::Intents() = default;
Intents::~Intents() = default;
Intents::Intents(Intents&& other) noexcept = default;
Intents& Intents::operator=(Intents&& other) noexcept = default;

template <AlternativeOf<Intent> Wanted>
void Intents::add(Wanted wanted) {
    list_.emplace_back(std::move(wanted));
}

namespace {

[[maybe_unused, gnu::used]] constexpr auto kAdding = for_each_alternative(
    std::type_identity<Intent>{}, []<class Wanted>(std::type_identity<Wanted>) { return &Intents::add<Wanted>; });

}  // namespace

}  // namespace parley::ui
