// One run: a server that can be restarted on its disk, people with their devices, the network between them, one clock
// and one chance. It is busy for a while with wishes and faults; then the faults end, everything comes to rest, and the
// oracle judges. The same seed and options give the same run.
#pragma once

#include <set>

#include "simulation/agenda.hpp"
#include "simulation/device.hpp"
#include "simulation/disk.hpp"
#include "simulation/plan.hpp"
#include "simulation/stranger.hpp"

namespace parley::simulation {

struct Verdict {
    std::vector<Violation> violations;
    std::uint64_t digest = 0;
};

class World {
  public:
    World(std::uint64_t seed, const Options& options, Chronicle& chronicle);
    ~World();

    [[nodiscard]] Verdict run();

  private:
    // --- beginning (world_setup.cpp)
    void make_accounts();
    void make_stranger(store::Writer& writer);
    void make_devices();
    void add_browser(std::optional<client::SavedSession> session);
    void add_device(Person& person, Browser& browser, const std::string& name);
    void start_server();

    // --- the middle (wishes.cpp, faults.cpp)
    void schedule_wishes();
    void schedule_faults();
    void wish();
    [[nodiscard]] Ordinal random_ordinal(const client::Room& room);
    void wish_of(Device& device);
    [[nodiscard]] RoomId random_room(const Device& device);  // nothing: she is in none
    void post_something(Device& device, RoomId room, std::size_t count);
    void look_after_failed(Device& device);
    void look_after_failed_edit(Device& device);
    [[nodiscard]] Ordinal some_message(const Device& device, const client::Room& room);
    [[nodiscard]] static bool is_hers(const Device& device);
    void open_thread(Device& device, RoomId room, Ordinal message);
    void change_message(Device& device, RoomId room);
    void load_meanwhile(Device& device, RoomId room, Ordinal message);
    [[nodiscard]] std::string some_text(std::size_t filling);
    void post_text(Device& device, RoomId room, std::size_t filling);
    void change_rooms(Device& device);
    void change_room_itself(Device& device);
    void change_who_posts(Device& device);
    void look_after_list(Device& device, RoomId room);
    void choose_for_herself(Device& device);
    void look_around(Device& device);
    void read_in(Device& device, const client::Room& room);
    void be_seen_in(Device& device, const client::Room& room);
    void do_what_is_refused(Device& device);
    void change_who_is_there(Device& device);
    void fault();
    void slow_a_reader();
    void trouble_a_storage();
    void end_a_program();
    void end_program(Device& device);
    void end_server(Fault how);
    void server_went(Network::Dying dying);
    void trouble_the_disk();
    void trouble_a_shard();
    void jump_the_clock();
    void fall_far_behind();
    void note_two_at_once();

    // --- the end
    void heal();
    void start_what_ended();
    void sign_in_whoever_is_out();
    void come_to_rest();
    bool rest();
    void say_who_is_stuck();
    void read_everything();
    [[nodiscard]] bool read_on(Device& device);
    void sign_in_fresh_devices();
    void note_who_is_away();
    [[nodiscard]] std::set<RoomId> heard_of() const;
    void judge();
    [[nodiscard]] bool is_at_rest();

    // --- the schedule
    void run_for(std::chrono::nanoseconds time);
    // Runs until it is so, at most for so long. False: it is not.
    template <class Condition>
    bool run_until(Condition condition, std::chrono::seconds most);
    [[nodiscard]] std::optional<Time> next_due();
    void step();
    void step_server();
    [[nodiscard]] Time in(std::chrono::nanoseconds time) const { return clock_.now + time; }
    [[nodiscard]] Time in_up_to(std::chrono::nanoseconds time) {
        return clock_.now + std::chrono::nanoseconds(dice_.below(static_cast<std::uint64_t>(time.count()) + 1));
    }
    void violated(const char* check, std::string what) { violations_.push_back({check, std::move(what)}); }
    void tell(const std::string& line) {
        if (chronicle_.is_told()) chronicle_.tell(line);
    }

    Chronicle& chronicle_;
    Dice dice_;
    const Plan plan_;
    support::SeededClock clock_;
    std::vector<Violation> violations_;
    Ledger ledger_;
    std::unique_ptr<Disk> disk_;
    FailingDisk failing_disk_;
    Network network_;
    Surroundings around_;
    std::unique_ptr<ServerProcess> server_;
    std::vector<std::unique_ptr<Person>> people_;
    Agenda disks_;  // of the browsers: they go on when the faults have ended
    std::vector<std::unique_ptr<Browser>> browsers_;
    std::vector<std::unique_ptr<Device>> devices_;
    std::unique_ptr<Stranger> stranger_;  // or none
    std::vector<std::pair<Person*, client::SavedSession>> spare_sessions_;
    std::vector<RoomId> known_rooms_;
    Agenda agenda_;
    bool is_healed_ = false;
    bool is_ending_ = false;     // the server is about to be killed
    std::uint64_t servers_ = 0;  // that were started: names the one of now (an address may come again)
    std::uint64_t texts_ = 0;
    std::uint64_t steps_ = 0;
};

}  // namespace parley::simulation
