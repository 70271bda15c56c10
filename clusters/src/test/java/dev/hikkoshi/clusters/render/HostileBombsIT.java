package dev.hikkoshi.clusters.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.hikkoshi.clusters.testing.MemoryTree;
import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.helmfile.Helmfile;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Helmfiles that grow or never end, read as the controller reads them. What each took is written
 * down for {@code evidence/hostile}, which has the bounds: a test does not know how busy its
 * machine is.
 */
class HostileBombsIT {

  private static final Path BOOK = Path.of("target", "evidence", "bombs.tsv");
  private static final String ENDLESS =
      "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}\nreleases: []\n";

  private static final List<String> rows = new ArrayList<>();
  private static RenderPool pool;

  /** The pieces of each; the helmfile is {@code helmfile.yaml.gotmpl}. */
  private enum Bomb {
    ALIASES_OF_A_STATE_FILE {
      @Override
      MemoryTree tree() {
        return state("values:\n- " + aliases().replace("\n", "\n  ") + "\nreleases: []\n");
      }
    },
    ALIASES_OF_A_VALUES_FILE {
      @Override
      MemoryTree tree() {
        return state("environments: {default: {values: [v.yaml]}}\n---\nreleases: []\n")
            .with("v.yaml", aliases());
      }
    },
    DEPTH {
      @Override
      MemoryTree tree() {
        return state(
            "values:\n- a: " + "[".repeat(400_000) + "]".repeat(400_000) + "\nreleases: []\n");
      }
    },
    SIZE {
      @Override
      MemoryTree tree() {
        return state("values: [{a: \"" + "x".repeat(50 << 20) + "\"}]\nreleases: []\n");
      }
    },
    ENDLESS_RANGE {
      @Override
      MemoryTree tree() {
        return state(ENDLESS);
      }
    },
    FIFTY_ENDLESS_FILES {
      @Override
      MemoryTree tree() {
        MemoryTree tree = state("helmfiles: [{path: \"sub/*.yaml.gotmpl\"}]\n");
        for (int i = 0; i < 50; i++) {
          tree.with("sub/%02d.yaml.gotmpl".formatted(i), ENDLESS);
        }
        return tree;
      }
    },
    RECURSIVE_INCLUDE {
      @Override
      MemoryTree tree() {
        return state(
            "{{ define \"r\" }}{{ include \"r\" . }}{{ end }}{{ include \"r\" . }}\nreleases: []\n");
      }
    },
    RECURSIVE_TPL {
      @Override
      MemoryTree tree() {
        return state("{{ $t := \"{{ tpl .t . }}\" }}{{ tpl $t (dict \"t\" $t) }}\nreleases: []\n");
      }
    },
    MEMORY_OF_A_TEMPLATE {
      @Override
      MemoryTree tree() {
        return state(
            "{{ $l := list }}{{ range until 100000 }}{{ $l = append $l (repeat 1000000 \"x\") }}"
                + "{{ end }}\nreleases: []\n");
      }
    },
    TEXT_OF_A_TEMPLATE {
      @Override
      MemoryTree tree() {
        return state("{{ range until 1000000 }}{{ repeat 1000 \"x\" }}{{ end }}\nreleases: []\n");
      }
    },
    LABEL_THAT_GROWS {
      @Override
      MemoryTree tree() {
        return state(
            "releases:\n- {name: a, chart: ./web, labels: {x: '"
                + "{{ `{{ .Release.Labels.x }}` }}".repeat(100)
                + "'}}\n");
      }
    },
    CIRCLE_OF_FILES {
      @Override
      MemoryTree tree() {
        return state("helmfiles: [a.yaml]\n").with("a.yaml", "helmfiles: [helmfile.yaml.gotmpl]\n");
      }
    },
    FILES_THAT_DOUBLE {
      @Override
      MemoryTree tree() {
        MemoryTree tree = state("helmfiles: [f0.yaml, f0.yaml]\n");
        for (int i = 0; i < 40; i++) {
          tree.with(
              "f%d.yaml".formatted(i), "helmfiles: [f%1$d.yaml, f%1$d.yaml]\n".formatted(i + 1));
        }
        return tree.with("f40.yaml", "releases: []\n");
      }
    },
    TEMPLATES_THAT_DOUBLE {
      @Override
      MemoryTree tree() {
        StringBuilder text = new StringBuilder("templates:\n  t0: {values: [{a: 1}]}\n");
        for (int i = 1; i < 40; i++) {
          text.append(
              "  t%d: {inherit: [{template: t%d}, {template: t%d}]}\n".formatted(i, i - 1, i - 1));
        }
        return state(text + "releases: [{name: a, chart: ./web, inherit: [{template: t39}]}]\n");
      }
    },
    PATTERN_THAT_LOOKS_AGAIN {
      @Override
      MemoryTree tree() {
        return state("helmfiles: [{path: \"%s\"}]\n".formatted("*a".repeat(40) + "b"))
            .with("a".repeat(200), "releases: []\n");
      }
    };

    abstract MemoryTree tree();

    private static MemoryTree state(String text) {
      return new MemoryTree()
          .with("helmfile.yaml.gotmpl", text)
          .with("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
    }

    private static String aliases() {
      StringBuilder text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
      for (int i = 1; i < 12; i++) {
        text.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d,".formatted(i - 1).repeat(10)));
      }
      return text.toString();
    }
  }

  @BeforeAll
  static void start() {
    Optional<Path> worker =
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned());
    assumeTrue(worker.isPresent(), "the render worker is not built: ./hikkoshi tools build render");
    pool = new RenderPool(worker.orElseThrow(), RenderOptions.DEFAULT);
    assertThat(problems(harmless()).count()).isZero();
  }

  @AfterAll
  static void stop() throws IOException {
    if (pool != null) {
      pool.close();
      Files.createDirectories(BOOK.getParent());
      Files.write(BOOK, rows);
    }
  }

  @ParameterizedTest
  @DisplayName(
      "CVE-2022-31016, 2022-36049, 2024-32476: a helmfile that grows or never ends is ended")
  @EnumSource
  void aBombIsAProblemAndTheNextHelmfileIsRead(Bomb bomb) throws InterruptedException {
    // Given
    MemoryTree tree = bomb.tree();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    AtomicLong worker = new AtomicLong();

    // When
    long began = System.nanoTime();
    Problems problems;
    try (ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor()) {
      var _ =
          watch.scheduleAtFixedRate(
              () -> worker.accumulateAndGet(largestWorker(), Math::max),
              0,
              10,
              TimeUnit.MILLISECONDS);
      problems = problems(tree);
      watch.shutdownNow();
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    long made = threads.getCurrentThreadAllocatedBytes() - allocated;

    // Then
    rows.add("%s\t%d\t%d\t%d".formatted(bomb, millis, made >> 20, worker.get() >> 10));
    assertThat(problems.count()).isPositive();
    assertThat(problems(harmless()).count()).isZero();
  }

  private static MemoryTree harmless() {
    return Bomb.state("releases: [{name: a, chart: ./web, labels: {x: {{ 1 | quote }}}}]\n");
  }

  private static Problems problems(MemoryTree tree) {
    Problems problems = new Problems();
    Place place = Place.of("environment.yaml");
    Helmfile.Request request =
        new Helmfile.Request(
            "helmfile.yaml.gotmpl", place, "default", place, List.of(), Helmfile.Given.NONE);
    Optional<DesiredApps> apps =
        Helmfile.read(tree, "", request, new WorkerTemplates(() -> pool), Secrets.NONE, problems);
    assertThat(apps.isPresent()).isEqualTo(problems.count() == 0);
    return problems;
  }

  /** The most memory that a worker had so far, in KiB; 0 where the system does not say. */
  private static long largestWorker() {
    return ProcessHandle.current()
        .children()
        .mapToLong(child -> peak(Path.of("/proc", Long.toString(child.pid()), "status")))
        .max()
        .orElse(0);
  }

  private static long peak(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException _) {
      // It ended meanwhile.
      return 0;
    }
  }
}
