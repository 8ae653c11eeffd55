#include <iostream>

#include "app/cli/cli_command.hpp"

int main(int argc, char** argv) {
  sweepmark::catch_interrupts();
  return sweepmark::run_cli(argc, argv, std::cout, std::cerr);
}
