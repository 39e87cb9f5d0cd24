// World: what goes wrong.
#include <algorithm>

#include "simulation/world.hpp"

namespace parley::simulation {

using namespace std::chrono_literals;

void World::schedule_faults() {
    for (std::size_t i = 0; i < plan_.faults; ++i) agenda_.at(in_up_to(plan_.active), [this] { fault(); });
    if (plan_.falls_far_behind && plan_.store.members_per_room > plan_.people + 2)
        agenda_.at(in_up_to(plan_.active), [this] { fall_far_behind(); });
    for (std::size_t i = 0; i < plan_.strange_acts; ++i)
        agenda_.at(in_up_to(plan_.active), [this] { stranger_->act(); });
    if (plan_.server.most_store_time >= 400ms) chronicle_.count(Fault::slow_store);
    for (auto time = 1s; time < plan_.active; time += 5s) agenda_.at(in(time), [this] { note_two_at_once(); });
}

void World::fault() {
    switch (dice_.below(19)) {
        case 0:
        case 1:
        case 2:
            network_.cut_one();
            return;
        case 3:
        case 4:
            network_.half_open_one();
            return;
        case 5:
        case 6:
            return slow_a_reader();
        case 7:
            return end_server(Fault::server_killed_between_tasks);
        case 8:
            return end_server(Fault::power_cut);
        case 9:
            return end_server(Fault::server_stopped_in_order);
        case 10:
        case 11:
        case 12:
            return trouble_the_disk();
        case 13:
            return trouble_a_shard();
        case 14:
            return jump_the_clock();
        case 15:
            return trouble_a_storage();
        case 16:
        case 17:
            return end_a_program();
        default:
            chronicle_.count(Fault::network_returned);
            dice_.pick(devices_)->network_returned();
    }
}

// Sometimes while others have a lot to say: less than what the scaled outbox holds, for whoever is cut gets it again in
// pages of two rooms at once.
void World::slow_a_reader() {
    if (!network_.slow_down_one(std::chrono::milliseconds(dice_.between(100, 40'000)))) return;
    if (plan_.server.ends.scale == 1 || dice_.one_in(2)) return;
    auto& device = *dice_.pick(devices_);
    for (auto posts = dice_.between(8, 24); posts > 0 && device.is_connected(); --posts)
        post_text(device, random_room(device), dice_.between(300, 1'200));
}

void World::end_server(Fault how) {
    if (!server_) return;
    chronicle_.count(how);
    if (how != Fault::server_stopped_in_order)
        return server_went(how == Fault::power_cut ? Network::Dying::silence : Network::Dying::sockets_close);
    server_->stop_in_order();
    agenda_.at(in_up_to(limits::kShutdownTime), [this, which = servers_] {
        if (server_ && servers_ == which) server_went(Network::Dying::sockets_close);
    });
}

void World::server_went(Network::Dying dying) {
    tell("the server is gone");
    server_.reset();
    is_ending_ = false;
    network_.serve(nullptr, dying);
    agenda_.at(in_up_to(dice_.one_in(4) ? 10s : 1s), [this] {
        if (!server_) start_server();
    });
}

void World::trouble_the_disk() {
    failing_disk_.troubles = draw_troubles(dice_);
    agenda_.at(in_up_to(4s), [this] { failing_disk_.troubles = {}; });
}

void World::trouble_a_shard() {
    if (!server_) return;
    chronicle_.count(Fault::shard_behind);
    const shard::ShardId shard{static_cast<std::uint32_t>(dice_.below(server_->shards().count()))};
    server_->shards().pretend_backlog(shard, limits::kShardQueueEntries + 1);
    agenda_.at(in_up_to(2s), [this, shard, which = servers_] {
        if (server_ && servers_ == which) server_->shards().pretend_backlog(shard, 0);
    });
}

void World::trouble_a_storage() {
    auto& browser = dice_.pick(devices_)->browser();
    if (!browser.storage) return;
    if (dice_.one_in(2)) {
        browser.storage->slow_down(in_up_to(10s));
    } else {
        browser.storage->fail(in_up_to(10s));
    }
}

// Best while it has something to lose.
void World::end_a_program() {
    std::vector<Device*> running;
    std::vector<Device*> busy;
    for (const auto& device : devices_) {
        if (!device->is_running()) continue;
        running.push_back(device.get());
        if (device->unsettled() > 0) busy.push_back(device.get());
    }
    if (running.empty()) return;
    auto& device = *dice_.pick(busy.empty() ? running : busy);
    if (device.is_signed_in() && device.state().logged_in() && device.state().self == device.person().user)
        post_something(device, random_room(device), dice_.between(1, 5));
    agenda_.at(in_up_to(40ms), [this, &device] {
        if (device.is_running()) end_program(device);
    });
}

void World::jump_the_clock() {
    const auto by = std::chrono::duration_cast<std::chrono::milliseconds>(
        dice_.one_in(6) ? std::chrono::hours(24 * 100) : std::chrono::minutes(dice_.between(1, 120)));
    const bool forward = dice_.one_in(2);
    chronicle_.count(forward ? Fault::clock_forward : Fault::clock_back);
    clock_.wall_starts_ms += forward ? by.count() : -by.count();
}

// While no server runs somebody comes and goes so often that nobody is sent all of it.
void World::fall_far_behind() {
    if (!server_ || people_.empty()) return;
    server_went(Network::Dying::sockets_close);
    auto writer = std::move(disk_->backend().open_writer().value());
    const UserId visitor(dice_.id());
    const OutboxId outbox(dice_.id());
    store::Effects effects;
    const auto apply = [&](const store::Change& change) {
        if (!writer->apply(change, effects)->done()) return false;
        effects = {};
        return true;
    };
    bool done = writer->begin().has_value() &&
                apply(store::RegisterAccount{
                    {outbox, 1}, visitor, AccountName::cut("visitor"), "no password", false, clock_.wall()});
    const auto general = disk_->backend().open_reader().value()->directory({}, 1)->rooms.front().id;
    for (std::uint64_t number = 2; done && number < limits::kSyncEvents + 10; number += 2) {
        done = apply(store::JoinRoom{{visitor, {outbox, number}, 1}, general, clock_.wall()}) &&
               apply(store::LeaveRoom{{visitor, {outbox, number + 1}, 1}, general, clock_.wall()}) &&
               apply(store::ForgetResults{visitor, outbox, number + 1});
    }
    if (!done || !writer->commit()) throw std::runtime_error("a room could not grow");
}

void World::note_two_at_once() {
    bool devices = false;
    bool tabs = false;
    for (const auto& one : devices_) {
        for (const auto& other : devices_) {
            if (one == other || !one->is_connected() || !other->is_connected()) continue;
            if (one->state().self != other->state().self) continue;
            (&one->browser() == &other->browser() ? tabs : devices) = true;
        }
    }
    if (devices) chronicle_.count(Fault::two_devices);
    if (tabs) chronicle_.count(Fault::two_tabs);
}

}  // namespace parley::simulation
