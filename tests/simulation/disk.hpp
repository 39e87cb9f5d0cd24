// The disk of a run, which outlives every server process on it: records in memory, or a real SQLite file in a directory
// in memory. What goes wrong with it goes wrong in the FailingDisk before it.
#pragma once

#include <memory>

#include "simulation/failing_disk.hpp"
#include "simulation/memory_backend.hpp"
#include "simulation/plan.hpp"

namespace parley::simulation {

class Disk {
  public:
    virtual ~Disk() = default;
    [[nodiscard]] virtual store::Backend& backend() = 0;
};

[[nodiscard]] std::unique_ptr<Disk> make_memory_disk(RoomId general, StoreBounds bounds);
// The room `general` has the same id in every run.
[[nodiscard]] std::unique_ptr<Disk> make_sqlite_disk();

}  // namespace parley::simulation
