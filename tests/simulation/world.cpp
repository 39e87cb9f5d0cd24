#include "simulation/world.hpp"

#include <algorithm>

#include "simulation/oracle.hpp"

namespace parley::simulation {

namespace {

using namespace std::chrono_literals;

// A run that takes more does not come to rest by itself.
constexpr std::uint64_t kSteps = 2'000'000;

RoomId general_of(Dice& dice) {
    return RoomId(dice.id());
}

}  // namespace

World::World(std::uint64_t seed, const Options& options, Chronicle& chronicle)
    : chronicle_(chronicle),
      dice_(seed),
      plan_(draw_plan(dice_, options)),
      disk_(plan_.sqlite ? make_sqlite_disk() : make_memory_disk(general_of(dice_), plan_.store)),
      failing_disk_(disk_->backend(), dice_, chronicle),
      network_(plan_.weather, clock_, dice_, chronicle, plan_.by_bytes),
      around_{network_,
              clock_,
              dice_,
              chronicle,
              ledger_,
              violations_,
              plan_.store.outboxes_per_person < limits::kOutboxesPerPerson,
              plan_.falls_far_behind} {
    chronicle.set_clock(clock_.now);
    chronicle.counts.runs += 1;
    chronicle.counts.sqlite_runs += plan_.sqlite ? 1 : 0;
    chronicle.counts.byte_runs += plan_.by_bytes ? 1 : 0;
}

World::~World() = default;

Verdict World::run() {
    try {
        make_accounts();
        make_devices();
        start_server();
        schedule_wishes();
        schedule_faults();
        run_for(plan_.active);
        heal();
        come_to_rest();
        read_everything();
        sign_in_fresh_devices();
        judge();
    } catch (const std::exception& error) {
        violated("exception", error.what());
    }
    chronicle_.counts.steps += steps_;
    chronicle_.fold(steps_);
    return {std::move(violations_), chronicle_.digest()};
}

// --- the schedule

std::optional<Time> World::next_due() {
    std::optional<Time> first;
    const auto consider = [&first](std::optional<Time> due) {
        if (due && (!first || *due < *first)) first = due;
    };
    if (server_) consider(server_->next_due());
    consider(network_.next_due());
    consider(agenda_.next_due());
    consider(disks_.next_due());
    for (const auto& device : devices_) consider(device->next_due());
    if (stranger_) consider(stranger_->next_due());
    return first;
}

// Of all that is due, one thing of chance.
void World::step() {
    if (++steps_ > kSteps) throw std::runtime_error("the run does not come to rest");
    const auto now = clock_.now;
    const auto is_due = [now](std::optional<Time> due) { return due && *due <= now; };
    enum class Who { server, network, agenda, disks, stranger, device };
    std::array<std::pair<Who, Device*>, 64> due;
    std::size_t count = 0;
    if (server_ && is_due(server_->next_due())) due[count++] = {Who::server, nullptr};
    if (is_due(network_.next_due())) due[count++] = {Who::network, nullptr};
    if (is_due(agenda_.next_due())) due[count++] = {Who::agenda, nullptr};
    if (is_due(disks_.next_due())) due[count++] = {Who::disks, nullptr};
    if (stranger_ && is_due(stranger_->next_due())) due[count++] = {Who::stranger, nullptr};
    for (const auto& device : devices_) {
        if (count < due.size() && is_due(device->next_due())) due[count++] = {Who::device, device.get()};
    }
    if (count == 0) return;  // a timer of a shard that is busy
    const auto [who, device] = due[dice_.below(count)];
    if (who == Who::server) return step_server();
    if (who == Who::network) return network_.step();
    if (who == Who::agenda) return agenda_.run_first();
    if (who == Who::disks) return disks_.run_first();
    if (who == Who::stranger) return stranger_->time_passed();
    device->time_passed();
}

void World::step_server() {
    try {
        server_->step();
    } catch (const Killed&) {
        return server_went(dice_.one_in(4) ? Network::Dying::silence : Network::Dying::sockets_close);
    }
    if (!server_->has_ended() || std::exchange(is_ending_, true)) return;
    chronicle_.count(Fault::store_at_its_end);
    agenda_.at(in_up_to(200ms), [this] {
        if (is_ending_) server_went(Network::Dying::sockets_close);
    });
}

void World::run_for(std::chrono::nanoseconds time) {
    const auto end = clock_.now + time;
    for (auto due = next_due(); due && *due <= end; due = next_due()) {
        clock_.now = std::max(clock_.now, *due);
        const auto before = violations_.size();
        step();
        for (auto i = before; i < violations_.size(); ++i)
            tell("VIOLATION " + violations_[i].check + ": " + violations_[i].what);
    }
    clock_.now = end;
}

template <class Condition>
bool World::run_until(Condition condition, std::chrono::seconds most) {
    for (const auto end = clock_.now + most; clock_.now < end; run_for(500ms)) {
        if (condition()) return true;
    }
    return condition();
}

// --- the end

// Nothing goes wrong any more. What is broken stays broken until those it concerns notice.
void World::heal() {
    tell("--- quiet");
    is_healed_ = true;
    agenda_.clear();
    if (stranger_) stranger_->settle();
    failing_disk_.troubles = {};
    if (is_ending_) server_went(Network::Dying::sockets_close);
    if (!server_) start_server();
    for (std::uint32_t shard = 0; shard < server_->shards().count(); ++shard)
        server_->shards().pretend_backlog(shard::ShardId{shard}, 0);
    if (!dice_.one_in(3)) return;
    for (const auto& device : devices_) device->network_returned();
    chronicle_.count(Fault::network_returned);
}

void World::start_what_ended() {
    for (const auto& device : devices_) {
        if (!device->is_running() && device->person().user.names_something()) device->start();
    }
}

void World::sign_in_whoever_is_out() {
    start_what_ended();
    for (const auto& device : devices_) {
        if (!device->is_signed_in() && device->person().user.names_something()) device->log_in();
    }
}

bool World::is_at_rest() {
    if (!server_ || !server_->is_idle() || (stranger_ && !stranger_->is_settled())) return false;
    return std::all_of(devices_.begin(), devices_.end(), [](const auto& device) { return device->is_settled(); });
}

// A session may have ended while nobody looked, by a clock that jumped.
bool World::rest() {
    for (int round = 0; round < 20; ++round) {
        sign_in_whoever_is_out();
        if (run_until([this] { return is_at_rest(); }, 15s)) return true;
    }
    return false;
}

void World::come_to_rest() {
    // Whose connection is dead has noticed by then, also where only the server hears nothing.
    run_for(std::max(limits::kServerSilence, limits::kPeerSilence + limits::kSweepEvery) + 5s);
    rest();
    run_for(6s);  // read positions on their way, presence; and whose last frame came late notices only now
    if (!rest()) say_who_is_stuck();
}

void World::say_who_is_stuck() {
    if (stranger_ && !stranger_->is_settled())
        violated("unanswered", "the stranger has no answer to " + stranger_->debts().first()->frame);
    for (const auto& device : devices_) {
        if (!device->is_settled())
            violated("stuck", device->name() + " does not come to rest: state " +
                                  std::to_string(static_cast<int>(device->state().connection)) + ", " +
                                  std::to_string(device->unsettled()) + " operations unsettled");
    }
}

// True: this device has been shown all there is, from each room's first message.
bool World::read_on(Device& device) {
    if (!device.is_connected()) return true;
    bool done = true;
    bool loads = false;  // a page at a time: several at once may be more than its connection takes
    std::vector<RoomId> rooms;
    for (const auto& [id, room] : device.state().rooms) rooms.push_back(id);
    device.wish([&](client::Client& client, client::Now) { return client.watch(rooms), true; });
    for (const auto id : rooms) {
        const auto& room = device.state().rooms.at(id);
        if (!room.members_loaded) {
            done = false;
            device.wish([id](client::Client& client, client::Now) { return client.list_members(id); });
        }
        if (!room.pins_loaded) {
            done = false;
            device.wish([id](client::Client& client, client::Now) { return client.list_pins(id); });
        }
        const auto& timeline = room.timeline;
        if (timeline.loading_newer() || timeline.loading_older()) {
            done = false;
            loads = true;
        } else if (!timeline.loaded() || !timeline.reaches_head()) {
            done = false;
            if (std::exchange(loads, true)) continue;
            device.wish([id](client::Client& client, client::Now) { return client.load_latest(id); });
        }
    }
    return done;
}

void World::read_everything() {
    const bool all = run_until(
        [this] {
            bool done = true;
            for (const auto& device : devices_) done = read_on(*device) && done;
            return done;
        },
        600s);  // a slow store answers some hundred questions of many devices one after the other
    if (!all) violated("stuck", "somebody cannot load the latest messages or the members of a room");
}

// Whoever comes fresh must be shown the same as those who were there.
void World::sign_in_fresh_devices() {
    for (const auto& [person, session] : spare_sessions_) {
        browsers_.push_back(std::make_unique<Browser>(Browser{session}));  // keeps nothing
        add_device(*person, *browsers_.back(), person->account + "-fresh");
        devices_.back()->start();
    }
    if (!rest()) say_who_is_stuck();
    run_for(6s);  // until everybody has heard that they came
}

// What waits on the disk of a browser in which its writer is not signed in waits until she comes back.
void World::note_who_is_away() {
    for (const auto& browser : browsers_) {
        if (!browser->storage) continue;
        browser->storage->for_each([&](OpId op, UserId owner) {
            const bool is_there = std::any_of(devices_.begin(), devices_.end(), [&](const auto& device) {
                return &device->browser() == browser.get() && device->state().self == owner;
            });
            if (!is_there) ledger_.give_up(op);
        });
    }
}

// The rooms that anybody was told of.
std::set<RoomId> World::heard_of() const {
    std::set<RoomId> rooms(known_rooms_.begin(), known_rooms_.end());
    for (const auto& [op, asked] : ledger_.operations())
        if (asked.done) rooms.insert(asked.done->room);
    for (const auto& device : devices_)
        for (const auto& witness : device->witnesses())
            for (const auto& [whose, highest] : witness->heard()) rooms.insert(whose.second);
    return rooms;
}

void World::judge() {
    note_who_is_away();
    server_.reset();
    network_.serve(nullptr);
    const auto store = read_store(disk_->backend(), heard_of());
    Oracle oracle(store, ledger_, violations_);
    oracle.judge_store();
    oracle.judge_operations();
    for (const auto& device : devices_) {
        for (const auto& witness : device->witnesses()) oracle.judge(*witness);
        if (device->state().logged_in()) oracle.judge(device->state(), device->name());
    }
    std::vector<const client::ChatState*> connected;
    for (const auto& device : devices_)
        if (device->is_connected()) connected.push_back(&device->state());
    oracle.judge_presence(connected);
    for (const auto& [id, room] : store.rooms) {
        chronicle_.counts.messages_stored += room.messages.size();
        chronicle_.fold(room.events.size());
    }
}

}  // namespace parley::simulation
