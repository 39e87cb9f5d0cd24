#include "simulation/memory_backend.hpp"

#include "simulation/memory_reader.hpp"
#include "simulation/memory_writer.hpp"

namespace parley::simulation {

MemoryBackend::MemoryBackend(RoomId general, StoreBounds bounds) : bounds_(bounds) {
    records_.first_room = general;
    records_.channels_by_name.emplace("general", general);
    records_.rooms[general].name = RoomName::cut("general");
}

std::expected<std::unique_ptr<store::Writer>, store::StorageError> MemoryBackend::open_writer() {
    return std::make_unique<MemoryWriter>(records_, bounds_);
}

std::expected<std::unique_ptr<store::Reader>, store::StorageError> MemoryBackend::open_reader() {
    return std::make_unique<MemoryReader>(records_);
}

}  // namespace parley::simulation
