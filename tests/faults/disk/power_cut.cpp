#include "faults/disk/power_cut.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <map>

#include "protocol/codec.hpp"

namespace parley::faults {

namespace {

constexpr std::size_t kSector = 4'096;

bool is_name_change(DiskAct act) {
    return act == DiskAct::create || act == DiskAct::truncate || act == DiskAct::rename || act == DiskAct::unlink;
}

std::uint32_t files_in(const std::vector<FaultyDisk::Recorded>& record) {
    std::uint32_t most = 0;
    for (const auto& one : record)
        if (one.entry.act != DiskAct::sent) most = std::max(most, one.entry.file);
    return most + 1;
}

// The disk while it is rebuilt: files by number, names that lead to them.
class Disk {
  public:
    void change_names(const FaultyDisk::Recorded& one) {
        const std::string text(one.payload.data(), one.payload.size());
        if (one.entry.act == DiskAct::create) {
            names_[text] = one.entry.file;
        } else if (one.entry.act == DiskAct::truncate) {
            files_[one.entry.file].resize(one.entry.offset);
        } else if (one.entry.act == DiskAct::unlink) {
            names_.erase(text);
        } else {
            const auto split = text.find('\0');
            auto moved = names_.extract(text.substr(0, split));
            if (moved.empty()) return;
            names_[text.substr(split + 1)] = moved.mapped();
        }
    }
    void write(std::uint32_t file, std::size_t offset, std::span<const char> bytes) {
        auto& content = files_[file];
        if (content.size() < offset + bytes.size()) content.resize(offset + bytes.size());
        std::memcpy(content.data() + offset, bytes.data(), bytes.size());
    }
    void save(const std::filesystem::path& folder) const {
        for (const auto& [name, file] : names_) {
            const auto plain = std::filesystem::path(name).filename().string();
            if (plain.ends_with("-shm") || plain == "lock") continue;  // of the processes that are gone
            std::ofstream stream(folder / plain, std::ios::binary);
            if (const auto found = files_.find(file); found != files_.end())
                stream.write(found->second.data(), static_cast<std::streamsize>(found->second.size()));
        }
    }

  private:
    std::map<std::string, std::uint32_t> names_;
    std::map<std::uint32_t, std::string> files_;
};

// One connection's bytes, from the end of the HTTP answer on: frames of the server, which are not masked.
class FrameStream {
  public:
    template <class Call>
    void feed(std::span<const char> bytes, Call call) {
        buffer_.append(bytes.data(), bytes.size());
        if (!upgraded_) {
            const auto end = buffer_.find("\r\n\r\n");
            if (end == std::string::npos) return;
            buffer_.erase(0, end + 4);
            upgraded_ = true;
        }
        while (const auto size = frame_size()) {
            if ((buffer_[0] & 0x0F) == 2) call(std::string_view(buffer_).substr(head_, size - head_));
            buffer_.erase(0, size);
        }
    }

  private:
    // 0: it is not whole yet.
    std::size_t frame_size() {
        if (buffer_.size() < 2) return 0;
        const auto byte = [this](std::size_t i) {
            return static_cast<std::size_t>(static_cast<unsigned char>(buffer_[i]));
        };
        std::size_t size = byte(1) & 0x7F;
        head_ = size == 126 ? 4 : size == 127 ? 10 : 2;
        if (buffer_.size() < head_) return 0;
        if (head_ > 2) {
            size = 0;
            for (std::size_t i = 2; i < head_; ++i) size = size << 8 | byte(i);
        }
        return buffer_.size() < head_ + size ? 0 : head_ + size;
    }
    std::string buffer_;
    std::size_t head_ = 2;
    bool upgraded_ = false;
};

}  // namespace

std::vector<std::size_t> PowerCut::places() const {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < record_.size(); ++i)
        if (record_[i].entry.act != DiskAct::sent) all.push_back(i);
    all.push_back(record_.size());
    return all;
}

// For each file the entry up to which its writes are durable.
std::vector<std::size_t> PowerCut::durable_writes_end(std::size_t cut) const {
    std::vector<std::size_t> begun(files_in(record_), 0);
    auto durable = begun;
    for (std::size_t i = 0; i < cut; ++i) {
        const auto& entry = record_[i].entry;
        if (entry.act == DiskAct::sync_begins) begun[entry.file] = i;
        if (entry.act == DiskAct::synced) durable[entry.file] = begun[entry.file];
    }
    return durable;
}

std::size_t PowerCut::durable_names_end(std::size_t cut) const {
    const auto ends = durable_writes_end(cut);
    return *std::max_element(ends.begin(), ends.end());
}

void PowerCut::rebuild(std::size_t cut, Unsynced unsynced, std::mt19937_64& chance,
                       const std::filesystem::path& folder) const {
    const auto writes_end = durable_writes_end(cut);
    const auto names_end = durable_names_end(cut);
    std::size_t later_names = 0;
    for (std::size_t i = names_end; i < cut; ++i) later_names += is_name_change(record_[i].entry.act) ? 1u : 0u;
    std::size_t names_left = 0;
    if (unsynced == Unsynced::all) names_left = later_names;
    if (unsynced == Unsynced::some) names_left = chance() % (later_names + 1);
    Disk disk;
    for (std::size_t i = 0; i < cut; ++i) {
        const auto& one = record_[i];
        if (is_name_change(one.entry.act)) {
            if (i >= names_end && names_left == 0) continue;
            if (i >= names_end) --names_left;
            disk.change_names(one);
        } else if (one.entry.act == DiskAct::write) {
            const bool whole = i < writes_end[one.entry.file] || unsynced == Unsynced::all;
            if (!whole && unsynced == Unsynced::none) continue;
            for (std::size_t at = 0; at < one.payload.size();) {
                // Up to the end of the sector of the file.
                const auto piece = std::min(kSector - (one.entry.offset + at) % kSector, one.payload.size() - at);
                if (whole || chance() % 2 == 0)
                    disk.write(one.entry.file, one.entry.offset + at, one.payload.subspan(at, piece));
                at += piece;
            }
        }
    }
    disk.save(folder);
}

std::vector<PowerCut::Told> PowerCut::told() const {
    std::vector<Told> all;
    std::map<std::uint32_t, FrameStream> streams;
    for (std::size_t i = 0; i < record_.size(); ++i) {
        const auto& one = record_[i];
        if (one.entry.act != DiskAct::sent) continue;
        streams[one.entry.file].feed(one.payload, [&](std::string_view frame) {
            const auto decoded = decode_server(std::as_bytes(std::span(frame)));
            if (!decoded.ok()) return;
            if (const auto* done = std::get_if<Done>(&decoded.message)) {
                if (done->ordinal != Ordinal()) all.push_back({i, done->op});
            } else if (const auto* events = std::get_if<RoomEvents>(&decoded.message)) {
                for (const auto& event : events->events) {
                    const auto* posted = std::get_if<MessagePosted>(&event.body);
                    if (posted != nullptr) all.push_back({i, posted->op});
                }
            }
        });
    }
    return all;
}

}  // namespace parley::faults
