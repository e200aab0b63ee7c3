/* The peer of Argon2Bench: the same library from C. Reads how many seconds to go on for, one number a line, and answers each
   with the number of hashes and the microseconds of processor time that they took. */
#include <argon2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  uint32_t memory = atoi(argv[1]), passes = atoi(argv[2]), lanes = atoi(argv[3]);
  const char *password = "correct horse", *salt = "0123456789abcdef";
  uint8_t tag[32];
  char line[32];
  while (fgets(line, sizeof line, stdin)) {
    double window = atof(line), begun = seconds(CLOCK_MONOTONIC), used = seconds(CLOCK_PROCESS_CPUTIME_ID);
    long hashes = 0;
    do {
      if (argon2id_hash_raw(passes, memory, lanes, password, strlen(password), salt, strlen(salt), tag, sizeof tag)) return 1;
      hashes++;
    } while (seconds(CLOCK_MONOTONIC) - begun < window);
    printf("%ld %.0f\n", hashes, (seconds(CLOCK_PROCESS_CPUTIME_ID) - used) * 1e6);
    fflush(stdout);
  }
  return 0;
}
