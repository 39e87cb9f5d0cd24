#include "simulation/disk.hpp"

#include <stdexcept>

#include "sqlite/database.hpp"
#include "sqlite/sqlite_backend.hpp"
#include "support/temporary_directory.hpp"

namespace parley::simulation {

namespace {

class MemoryDisk final : public Disk {
  public:
    MemoryDisk(RoomId general, StoreBounds bounds) : backend_(general, bounds) {}
    store::Backend& backend() override { return backend_; }

  private:
    MemoryBackend backend_;
};

std::unique_ptr<sqlite::SqliteBackend> open_sqlite(const std::filesystem::path& directory) {
    auto opened = sqlite::SqliteBackend::open(directory);
    if (!opened) throw std::runtime_error(opened.error());
    return std::move(*opened);
}

// A fresh database as the server makes it, but with an id for `general` that is the same in every run.
class FreshDatabase {
  public:
    FreshDatabase() {
        open_sqlite(directory_.path()).reset();
        sqlite::Database database(file(), SQLITE_OPEN_READWRITE);
        database.run(
            "PRAGMA foreign_keys = OFF; UPDATE rooms SET room = 1001; UPDATE server SET first_room = 1001; "
            "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;");
    }
    [[nodiscard]] std::filesystem::path file() const { return directory_.path() / "parley.db"; }

  private:
    support::TemporaryDirectory directory_{support::TemporaryDirectory::Where::memory};
};

class SqliteDisk final : public Disk {
  public:
    SqliteDisk() {
        static const FreshDatabase fresh;
        std::filesystem::copy_file(fresh.file(), directory_.path() / "parley.db");
        backend_ = open_sqlite(directory_.path());
    }
    store::Backend& backend() override { return *backend_; }

  private:
    support::TemporaryDirectory directory_{support::TemporaryDirectory::Where::memory};
    std::unique_ptr<sqlite::SqliteBackend> backend_;
};

}  // namespace

std::unique_ptr<Disk> make_memory_disk(RoomId general, StoreBounds bounds) {
    return std::make_unique<MemoryDisk>(general, bounds);
}
std::unique_ptr<Disk> make_sqlite_disk() {
    return std::make_unique<SqliteDisk>();
}

}  // namespace parley::simulation
