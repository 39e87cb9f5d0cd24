#include "support/samples.hpp"

namespace parley::support {

namespace {

// "post_text" for "PostText".
std::string snake_case(std::string_view camel) {
    std::string snake;
    for (const char c : camel) {
        const bool is_capital = c >= 'A' && c <= 'Z';
        if (is_capital && !snake.empty()) snake += '_';
        snake += is_capital ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return snake;
}

std::string two_digits(unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

template <class Message, class Body>
Sample<Message> named(std::string_view family, unsigned number, std::string_view name, Body body) {
    return {std::string(name), std::string(family) + '_' + two_digits(number) + '_' + snake_case(name),
            Message{std::move(body)}};
}

template <class Message, class... Bodies>
void add_each(std::string_view family, std::type_identity<std::variant<Bodies...>>, std::vector<Sample<Message>>& all) {
    (all.push_back(named<Message>(family, Bodies::kTag, type_name<Bodies>(), sample<Bodies>())), ...);
}

// Each event alone in its frame.
template <class Frame, class Event, class Wrap>
void add_event(std::string_view family, Wrap wrap, std::vector<Sample<ServerMessage>>& all) {
    all.push_back(named<ServerMessage>(family, Event::kKind, type_name<Event>(), wrap(sample<Event>())));
}

template <class Unknown, class... Events>
void add_room_events(std::type_identity<std::variant<Unknown, Events...>>, std::vector<Sample<ServerMessage>>& all) {
    const auto wrap = [](auto event) { return RoomEvents{kGeneral, {{Sequence{41}, std::move(event)}}}; };
    (add_event<RoomEvents, Events>("room_event", wrap, all), ...);
}

template <class Unknown, class... Events>
void add_account_events(std::type_identity<std::variant<Unknown, Events...>>, std::vector<Sample<ServerMessage>>& all) {
    const auto wrap = [](auto event) { return AccountEvents{{{AccountSequence{5}, std::move(event)}}}; };
    (add_event<AccountEvents, Events>("account_event", wrap, all), ...);
}

}  // namespace

std::vector<Sample<ClientMessage>> client_samples() {
    std::vector<Sample<ClientMessage>> all;
    add_each("client", std::type_identity<ClientMessage>{}, all);
    all.push_back({"Resume without positions", "client_04_resume_empty", Resume{4, counting_token(), {}, {}}});
    return all;
}

std::vector<Sample<ServerMessage>> server_samples() {
    std::vector<Sample<ServerMessage>> all;
    add_each("server", std::type_identity<ServerMessage>{}, all);
    add_room_events(std::type_identity<RoomEventBody>{}, all);
    add_account_events(std::type_identity<AccountEventBody>{}, all);
    all.push_back(
        {"Welcome after Resume", "server_03_welcome_resumed", Welcome{kAna, {}, {}, kTime, std::nullopt, {}}});
    all.push_back({"Refused query", "server_09_refused_query", Refused{std::nullopt, 8, Refusal::not_a_member, 0, {}}});
    all.push_back({"RoomEvents of an unknown kind", "room_event_unknown",
                   RoomEvents{kGeneral, {{Sequence{41}, UnknownRoomEvent{200}}}}});
    return all;
}

}  // namespace parley::support
