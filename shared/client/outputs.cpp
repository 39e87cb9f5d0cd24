#include "client/outputs.hpp"

namespace parley::client {

Outputs::Outputs() = default;
Outputs::~Outputs() = default;

template <AlternativeOf<ClientMessage> Message>
void Outputs::send(const Message& message) {
    send(ClientMessage(message));
}

void Outputs::send_bytes(Buffer bytes) {
    want(SendFrame{std::move(bytes)});
}

template <AlternativeOf<Effect> Wanted>
void Outputs::want(Wanted wanted) {
    effects.emplace_back(std::move(wanted));
}

template <AlternativeOf<Notice> News>
void Outputs::tell(News news) {
    if (notices.size() >= limits::kClientNotices)
        notices.erase(notices.begin(), notices.begin() + static_cast<std::ptrdiff_t>(notices.size() / 2));
    notices.emplace_back(std::move(news));
    ++version;
}

namespace {

template <class Type>
using One = std::type_identity<Type>;

[[maybe_unused, gnu::used]] constexpr auto kSending =
    for_each_alternative(One<ClientMessage>{}, []<class Message>(One<Message>) {
        return static_cast<void (Outputs::*)(const Message&)>(&Outputs::send<Message>);
    });
[[maybe_unused, gnu::used]] constexpr auto kWanting =
    for_each_alternative(One<Effect>{}, []<class Wanted>(One<Wanted>) { return &Outputs::want<Wanted>; });
[[maybe_unused, gnu::used]] constexpr auto kTelling =
    for_each_alternative(One<Notice>{}, []<class News>(One<News>) { return &Outputs::tell<News>; });

}  // namespace

}  // namespace parley::client
