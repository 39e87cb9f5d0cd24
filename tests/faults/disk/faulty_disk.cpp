#include "faults/disk/faulty_disk.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

namespace parley::faults {

FaultyDisk::FaultyDisk(const std::filesystem::path& folder, const std::filesystem::path& file,
                       std::uint64_t record_room)
    : file_(file), size_(kDiskSwitchHead + record_room) {
    const int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    void* mapped = MAP_FAILED;
    if (descriptor >= 0 && ::ftruncate(descriptor, static_cast<off_t>(size_)) == 0)
        mapped = ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    if (mapped == MAP_FAILED) throw std::runtime_error("the switch of the faulty disk cannot be made");
    switch_ = static_cast<DiskSwitch*>(mapped);
    switch_->record_room = record_room;
    std::strncpy(switch_->folder, folder.c_str(), sizeof switch_->folder - 1);
}

FaultyDisk::~FaultyDisk() {
    ::munmap(switch_, size_);
}

std::vector<std::string> FaultyDisk::environment() const {
    return {std::string("LD_PRELOAD=") + PARLEY_DISK_FAULTS_LIBRARY,
            std::string(kDiskSwitchVariable) + "=" + file_.string()};
}

std::vector<FaultyDisk::Recorded> FaultyDisk::record() const {
    std::vector<Recorded> all;
    const char* at = reinterpret_cast<const char*>(switch_) + kDiskSwitchHead;
    const char* end = at + switch_->recorded.load();
    while (at < end) {
        Recorded one{};
        std::memcpy(&one.entry, at, sizeof one.entry);
        at += sizeof one.entry;
        one.payload = {at, static_cast<std::size_t>(one.entry.size)};
        at += one.entry.size;
        all.push_back(one);
    }
    return all;
}

}  // namespace parley::faults
