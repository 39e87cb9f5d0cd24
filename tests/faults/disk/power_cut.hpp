// Rebuilds a folder as a power cut could have left it, from the record of what was written (FAULTS, F3): what was
// written before a sync that returned is there; of later writes none, all, or some sectors; names and sizes keep their
// order, and a returned sync of any file makes the earlier ones durable.
#pragma once

#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "faults/disk/faulty_disk.hpp"
#include "protocol/ids.hpp"

namespace parley::faults {

enum class Unsynced { none, all, some };

class PowerCut {
  public:
    // The record must outlive this.
    explicit PowerCut(std::vector<FaultyDisk::Recorded> record) : record_(std::move(record)) {}

    // Where a cut makes a difference: just before each entry that concerns a file.
    [[nodiscard]] std::vector<std::size_t> places() const;
    // The files, as the disk holds them after a cut before entry `cut`, are written into the (empty) folder.
    void rebuild(std::size_t cut, Unsynced unsynced, std::mt19937_64& chance,
                 const std::filesystem::path& folder) const;
    // The posts whose event or answer a socket took, with the entry that says so.
    struct Told {
        std::size_t entry;
        OpId op;
    };
    [[nodiscard]] std::vector<Told> told() const;

  private:
    [[nodiscard]] std::vector<std::size_t> durable_writes_end(std::size_t cut) const;
    [[nodiscard]] std::size_t durable_names_end(std::size_t cut) const;

    std::vector<FaultyDisk::Recorded> record_;
};

}  // namespace parley::faults
