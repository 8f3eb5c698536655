using Xunit;

namespace Raft.Verified.Tests.Show;

/// <summary>The search for a browser, on machines that are made up: nothing is installed.</summary>
public sealed class BrowserSearchTests
{
    private const string Playwrights = "/home/u/.cache/chrome";

    private static readonly string OnPath = Path.Combine("/first", "chromium");

    [Fact]
    public async Task The_browser_that_CHROME_PATH_names_goes_before_all_others()
    {
        MadeUpMachine machine = new() { Files = ["/my/chrome", OnPath], Variables = { ["CHROME_PATH"] = "/my/chrome" } };
        Assert.Equal("/my/chrome", (await FindAsync(machine)).Path);
        Assert.Empty(machine.Done);
    }

    [Theory]
    [InlineData(false, "CHROME_PATH is '/my/chrome', and there is no such file")]
    [InlineData(true, "CHROME_PATH is '/my/chrome', which does not start: it is broken")]
    public async Task A_CHROME_PATH_that_cannot_be_used_is_a_mistake_and_nothing_takes_its_place(bool exists, string message)
    {
        MadeUpMachine machine = new() { Files = exists ? ["/my/chrome", OnPath] : [OnPath], Broken = ["/my/chrome"], Variables = { ["CHROME_PATH"] = "/my/chrome" } };
        BrowserFound found = await FindAsync(machine);
        Assert.Null(found.Path);
        Assert.StartsWith(message, found.Reason);
        Assert.False(found.IsSkipped(ci: null));
        Assert.Empty(machine.Done);
    }

    [Theory]
    [InlineData("chromium")]
    [InlineData("chromium-browser")]
    [InlineData("google-chrome")]
    [InlineData("google-chrome-stable")]
    [InlineData("msedge")]
    [InlineData("microsoft-edge")]
    public async Task A_browser_on_the_path_is_found(string name)
    {
        string path = Path.Combine("/second", name);
        MadeUpMachine machine = new() { Files = [path] };
        Assert.Equal(path, (await FindAsync(machine)).Path);
        Assert.Empty(machine.Done);
    }

    [Fact]
    public async Task A_browser_in_its_usual_place_and_one_that_Playwright_had_installed_are_found()
    {
        Assert.Equal("/usual/chrome", (await FindAsync(new MadeUpMachine { Files = ["/usual/chrome", Playwrights] })).Path);
        Assert.Equal(Playwrights, (await FindAsync(new MadeUpMachine { Files = [Playwrights] })).Path);
    }

    [Fact]
    public async Task A_browser_that_does_not_start_is_passed_over_for_the_next()
    {
        MadeUpMachine machine = new() { Files = [OnPath, "/usual/chrome"], Broken = [OnPath] };
        Assert.Equal("/usual/chrome", (await FindAsync(machine)).Path);
        Assert.Empty(machine.Done);
    }

    [Fact]
    public async Task Where_there_is_none_Playwright_installs_its_own_and_says_so()
    {
        MadeUpMachine machine = new() { PlaywrightInstalls = true };
        Assert.Equal(Playwrights, (await FindAsync(machine)).Path);
        Assert.Equal(["say no browser for the tests of pages: installing Playwright's Chromium", "playwright install chromium"], machine.Done);
    }

    [Fact]
    public async Task Root_on_Debian_installs_the_libraries_that_Playwrights_browser_lacks()
    {
        MadeUpMachine machine = new() { PlaywrightInstalls = true, NeedsLibraries = true, IsRootOnDebian = true };
        Assert.Equal(Playwrights, (await FindAsync(machine)).Path);
        Assert.Equal("playwright install-deps chromium", machine.Done[^1]);
    }

    [Fact]
    public async Task Root_on_Debian_gets_the_package_where_Playwright_can_install_nothing()
    {
        MadeUpMachine machine = new() { IsRootOnDebian = true };
        BrowserFound found = await FindAsync(machine);
        Assert.Equal("/usr/bin/chromium", found.Path);
        Assert.Equal(
            [
                "say no browser for the tests of pages: installing Playwright's Chromium",
                "playwright install chromium",
                "say no browser for the tests of pages: installing the package chromium with apt-get",
                "apt-get -o DPkg::Lock::Timeout=300 update",
                "apt-get -o DPkg::Lock::Timeout=300 install -y chromium",
            ],
            machine.Done);
    }

    [Fact]
    public async Task A_lock_that_another_process_holds_is_waited_for()
    {
        MadeUpMachine machine = new() { IsRootOnDebian = true, LockedFor = 3 };
        Assert.Equal("/usr/bin/chromium", (await FindAsync(machine)).Path);
        Assert.Equal(3, machine.Pauses);
    }

    [Fact]
    public async Task A_lock_that_stays_is_waited_for_no_longer_than_a_bounded_time()
    {
        MadeUpMachine machine = new() { IsRootOnDebian = true, LockedFor = int.MaxValue };
        BrowserFound found = await FindAsync(machine);
        Assert.Null(found.Path);
        Assert.Contains("Could not get lock", found.Reason);
        Assert.InRange(machine.Pauses, 1, 100);
    }

    [Fact]
    public async Task Where_none_can_be_had_the_reason_names_all_that_was_tried()
    {
        MadeUpMachine machine = new() { Files = [OnPath], Broken = [OnPath] };
        BrowserFound found = await FindAsync(machine);
        Assert.Null(found.Path);
        Assert.Equal(
            $"{OnPath} does not start: it is broken; Playwright could not install its Chromium: no network; the distribution's package needs root, on Debian or Ubuntu",
            found.Reason);
    }

    [Fact]
    public void Tests_are_skipped_only_where_there_is_no_browser_and_no_CI()
    {
        Assert.True(new BrowserFound(null, "none").IsSkipped(ci: null));
        Assert.True(new BrowserFound(null, "none").IsSkipped(ci: ""));
        Assert.False(new BrowserFound(null, "none").IsSkipped(ci: "true"));
        Assert.False(new BrowserFound("/usr/bin/chromium", "found").IsSkipped(ci: null));
    }

    private static Task<BrowserFound> FindAsync(MadeUpMachine machine) => new BrowserSearch(machine).FindAsync();

    private sealed class MadeUpMachine : IBrowserMachine
    {
        public Dictionary<string, string> Variables { get; } = [];

        public HashSet<string> Files { get; init; } = [];

        public HashSet<string> Broken { get; init; } = [];

        public bool PlaywrightInstalls { get; init; }

        public bool NeedsLibraries { get; set; }

        /// <summary>The number of times that apt finds its lock taken.</summary>
        public int LockedFor { get; set; }

        public bool IsRootOnDebian { get; init; }

        public int Pauses { get; private set; }

        /// <summary>The lines said and the commands run, in order.</summary>
        public List<string> Done { get; } = [];

        public IReadOnlyList<string> PathFolders { get; } = ["/first", "/second"];

        public string ExecutableExtension => "";

        public IReadOnlyList<string> InstallPlaces { get; } = ["/usual/chrome"];

        public string PlaywrightsBrowser => Playwrights;

        public string? Variable(string name) => Variables.GetValueOrDefault(name);

        public bool FileExists(string path) => Files.Contains(path);

        public Task<string?> StartAsync(string path) => Task.FromResult(
            !Files.Contains(path) ? "there is no such file"
            : Broken.Contains(path) ? "it is broken"
            : path == Playwrights && NeedsLibraries ? "libnss3.so is missing"
            : null);

        public Task<string?> InstallPlaywrightsAsync(params string[] arguments)
        {
            Done.Add($"playwright {string.Join(' ', arguments)}");
            if (!PlaywrightInstalls)
            {
                return Task.FromResult<string?>("no network");
            }

            Files.Add(Playwrights);
            NeedsLibraries &= arguments[0] != "install-deps";
            return Task.FromResult<string?>(null);
        }

        public Task<string?> RunAptAsync(params string[] arguments)
        {
            if (LockedFor > 0)
            {
                LockedFor--;
                return Task.FromResult<string?>("E: Could not get lock /var/lib/apt/lists/lock (exit status 100)");
            }

            Done.Add($"apt-get {string.Join(' ', arguments)}");
            Files.Add("/usr/bin/chromium");
            return Task.FromResult<string?>(null);
        }

        public Task PauseAsync()
        {
            Pauses++;
            return Task.CompletedTask;
        }

        public void Say(string line) => Done.Add($"say {line}");
    }
}
