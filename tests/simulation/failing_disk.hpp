// A backend whose disk fails by chance: transactions that fail surely, commits of which nobody knows what became, reads
// that fail, and the end of the process in the middle of a transaction. Works over any backend.
#pragma once

#include "simulation/chronicle.hpp"
#include "simulation/dice.hpp"
#include "store/store.hpp"

namespace parley::simulation {

// Thrown where the process is killed; whoever runs the store destroys it then.
struct Killed {};

// Each as "one in so many calls"; 0: never.
struct DiskTroubles {
    std::uint32_t begin_fails = 0;
    std::uint32_t change_fails = 0;
    std::uint32_t commit_fails = 0;
    std::uint32_t commit_unknown = 0;
    std::uint32_t reopen_fails = 0;
    std::uint32_t read_fails = 0;
    std::uint32_t killed_in_transaction = 0;
    std::uint32_t killed_before_commit = 0;
    std::uint32_t killed_after_commit = 0;
};

class FailingDisk final : public store::Backend {
  public:
    // All must outlive what is opened here.
    FailingDisk(store::Backend& inner, Dice& dice, Chronicle& chronicle)
        : inner_(inner), dice_(dice), chronicle_(chronicle) {}

    std::expected<std::unique_ptr<store::Writer>, store::StorageError> open_writer() override;
    std::expected<std::unique_ptr<store::Reader>, store::StorageError> open_reader() override;

    DiskTroubles troubles;  // from now on

    // --- for the writers and readers of this disk
    [[nodiscard]] bool happens(std::uint32_t one_in, Fault fault);
    void may_be_killed(std::uint32_t one_in, Fault fault);
    void note(const store::Change& change, const store::Outcome& outcome);
    [[nodiscard]] bool throws_heads() { return dice_.one_in(2); }

  private:
    store::Backend& inner_;
    Dice& dice_;
    Chronicle& chronicle_;
};

}  // namespace parley::simulation
