// Runs a fuzz target without libFuzzer: NAME RUNS [--seeds FOLDER]. Every seed, then RUNS mutations of seeds, always
// the same ones. --seeds writes the seeds as files for libFuzzer and runs nothing.
#include <filesystem>
#include <fstream>
#include <random>

#include "fuzz_target.hpp"

namespace {

void run(const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

class Mutator {
  public:
    explicit Mutator(std::vector<std::string> seeds) : seeds_(std::move(seeds)) {}

    std::string next() {
        std::string input = seeds_[below(seeds_.size())];
        const auto steps = 1 + below(4);
        for (std::size_t i = 0; i < steps; ++i) mutate(input);
        return input;
    }

  private:
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }
    char any_byte() {
        static constexpr unsigned char kTelling[] = {0x00, 0x01, 0x02, 0x7F, 0x80, 0x81, 0xC0,
                                                     0xED, 0xF4, 0xFF, '\n', '\r', ' ',  ':'};
        return static_cast<char>(below(2) == 0 ? kTelling[below(sizeof kTelling)] : below(256));
    }
    void mutate(std::string& input) {
        const auto at = below(input.size() + 1);
        switch (below(6)) {
            case 0:
                input.insert(input.begin() + static_cast<std::ptrdiff_t>(at), any_byte());
                break;
            case 1:
                input.erase(at, 1 + below(4));
                break;
            case 2:
                input.resize(at);
                break;
            case 3:
                input.insert(at, seeds_[below(seeds_.size())].substr(0, 1 + below(32)));
                break;
            case 4:
                input += seeds_[below(seeds_.size())];
                break;
            default:
                if (at < input.size())
                    input[at] = below(2) == 0 ? any_byte() : static_cast<char>(input[at] ^ (1 << below(8)));
        }
    }

    std::vector<std::string> seeds_;
    std::mt19937_64 random_{1};
};

void write_seeds(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    int number = 0;
    for (const auto& seed : parley::fuzz::seeds())
        std::ofstream(folder / std::to_string(++number), std::ios::binary) << seed;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string(argv[1]) == "--seeds") {
        write_seeds(argv[2]);
        return 0;
    }
    const auto runs = argc == 2 ? std::strtoull(argv[1], nullptr, 10) : 0;
    if (runs == 0) {
        std::fputs("usage: NAME RUNS | NAME --seeds FOLDER\n", stderr);
        return 2;
    }
    for (const auto& seed : parley::fuzz::seeds()) run(seed);
    Mutator mutator(parley::fuzz::seeds());
    for (unsigned long long i = 0; i < runs; ++i) run(mutator.next());
    std::printf("%llu mutated inputs\n", runs);
}
