#include "simulation/plan.hpp"

#include <algorithm>

namespace parley::simulation {

namespace {

using std::chrono::microseconds;

constexpr std::size_t kScaleOfTwoPages = limits::kConnectionOutbox / (2 * limits::kHistoryBytes + 16'384);

microseconds one_of(Dice& dice, std::initializer_list<int> choices) {
    return microseconds(choices.begin()[dice.below(choices.size())]);
}

Weather draw_weather(Dice& dice) {
    Weather weather;
    weather.least_latency = one_of(dice, {100, 1'000, 10'000});
    weather.most_latency = weather.least_latency * static_cast<int>(dice.between(1, 20));
    weather.spike_one_in = dice.one_in(2) ? static_cast<std::uint32_t>(dice.between(20, 200)) : 0;
    return weather;
}

StoreBounds draw_store_bounds(Dice& dice) {
    StoreBounds bounds;
    if (dice.one_in(4)) bounds.unconfirmed_per_outbox = dice.between(16, 24);
    if (dice.one_in(8)) bounds.outboxes_per_person = dice.between(1, 3);
    if (dice.one_in(8)) bounds.rooms_per_person = dice.between(2, 4);
    if (dice.one_in(4)) bounds.threads_followed = dice.between(1, 3);
    if (dice.one_in(8)) bounds.members_per_room = dice.between(1, 3);
    if (dice.one_in(4)) bounds.reactions_per_message = dice.between(1, 3);
    if (dice.one_in(4)) bounds.emoji_per_message = 1;
    if (dice.one_in(4)) bounds.pins_per_room = dice.between(1, 2);
    if (dice.one_in(2)) bounds.posters_per_room = dice.one_in(3) ? 0 : 1;
    if (dice.one_in(4)) bounds.blocked_people = dice.below(2);
    return bounds;
}

ServerRules draw_server(Dice& dice) {
    ServerRules rules;
    rules.shards = dice.between(1, 4);
    rules.most_task_time = one_of(dice, {0, 0, 100, 2'000});
    rules.most_store_time = one_of(dice, {0, 1'000, 20'000, 400'000});
    auto& modules = rules.modules;
    modules.unlimited_rates = !dice.one_in(3);
    modules.unlimited_logins = !dice.one_in(6);
    modules.password_threads = 0;
    if (dice.one_in(6))
        modules.registration = auth::RegistrationRules(dice.one_in(2) ? Registration::closed : Registration::invite);
    if (dice.one_in(4)) modules.store.queue.entries = dice.between(1, 4);
    modules.store.settling = {static_cast<int>(dice.between(2, 4)), std::chrono::milliseconds(0)};
    modules.store.most_in_a_batch = dice.between(1, 12);
    if (dice.one_in(8)) modules.store.most_queries = dice.between(4, 8);
    if (dice.one_in(3)) {
        rules.ends.window = dice.between(200, 4'000);
        rules.ends.scale = dice.between(16, 40);
    }
    return rules;
}

}  // namespace

Plan draw_plan(Dice& dice, const Options& options) {
    Plan plan;
    plan.sqlite = dice.one_in(10);
    plan.by_bytes = dice.one_in(6);
    plan.store = draw_store_bounds(dice);
    plan.people = dice.between(2, 4);
    plan.most_devices = dice.between(1, 4);
    plan.has_newcomer = dice.one_in(3);
    plan.wishes = dice.between(15, 60);
    plan.faults = dice.one_in(10) ? 0 : dice.between(1, 12);
    plan.active = std::chrono::seconds(dice.between(5, 90));
    plan.weather = draw_weather(dice);
    plan.server = draw_server(dice);
    if (dice.one_in(3)) plan.timeline_messages = dice.between(1, 8);
    if (dice.one_in(3)) plan.strange_acts = dice.between(10, 60);
    plan.talks_a_lot = dice.one_in(100);
    plan.falls_far_behind = dice.one_in(100);
    // Pages are not scaled: an outbox holds two of them, as a real one does, where there is enough to fill them.
    if (plan.talks_a_lot) plan.server.ends.scale = std::min(plan.server.ends.scale, kScaleOfTwoPages);
    plan.sqlite = options.sqlite.value_or(plan.sqlite) && !plan.falls_far_behind;
    plan.by_bytes = options.by_bytes.value_or(plan.by_bytes);
    plan.wishes = options.wishes.value_or(plan.wishes);
    plan.faults = options.faults.value_or(plan.faults);
    plan.people = options.people.value_or(plan.people);
    plan.least_devices = options.devices.value_or(plan.least_devices);
    plan.most_devices = options.devices.value_or(plan.most_devices);
    plan.server.ends.by_bytes = plan.by_bytes;
    return plan;
}

// A few kinds at once, so that one does not always hide the other.
DiskTroubles draw_troubles(Dice& dice) {
    DiskTroubles troubles;
    std::uint32_t* const kinds[] = {&troubles.begin_fails,          &troubles.change_fails,
                                    &troubles.commit_fails,         &troubles.commit_unknown,
                                    &troubles.read_fails,           &troubles.killed_in_transaction,
                                    &troubles.killed_before_commit, &troubles.killed_after_commit};
    for (auto count = dice.between(1, 3); count > 0; --count)
        *kinds[dice.below(std::size(kinds))] = static_cast<std::uint32_t>(dice.between(2, 12));
    if (troubles.commit_unknown != 0) troubles.reopen_fails = static_cast<std::uint32_t>(dice.between(1, 2));
    return troubles;
}

}  // namespace parley::simulation
