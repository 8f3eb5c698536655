using System.Security.Cryptography;
using System.Text;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Shrinking;
using Raft.Verified.Simulation;
using Raft.Verified.Testing.Log;
using Raft.Verified.Testing.Page;
using Raft.Verified.Testing.Replays;
using Raft.Verified.Testing.Text;

namespace Raft.Verified.Testing.Failures;

/// <summary>
/// The work after a violation: shrinking, files and story. Each part may fail. The violation is then reported with the
/// reason of that failure.
/// </summary>
/// <param name="scenario">The scenario.</param>
/// <param name="finding">The violation.</param>
/// <param name="options">The options of the test.</param>
/// <param name="cancellation">The token that ends shrinking early.</param>
internal sealed class Failure(Scenario scenario, Finding finding, RaftTestOptions options, CancellationToken cancellation)
{
    private const string DefaultFolder = "raft-failures";

    private const string Extension = ".schedule";

    private readonly List<Exception> _troubles = [];

    /// <summary>Shrinks the schedule, writes all files, and returns the exception that tells the story.</summary>
    public RaftTestException Report()
    {
        // The schedule is on file before anything else can go wrong.
        string name = Path.Combine(options.OutputFolder ?? Path.Combine(AppContext.BaseDirectory, DefaultFolder), NameOf(finding.Schedule));
        WrittenFile found = WriteSchedule(name + Extension, finding.Schedule);
        (Schedule smallest, string shrinking) = Shrink();
        bool isShrunk = smallest != finding.Schedule;

        // The message that fits the log and the page: numbers in it may be smaller than in the schedule as it was found.
        string message = isShrunk ? smallest.Header.Message : finding.Message;
        WrittenFile? shrunk = isShrunk ? WriteSchedule(name + ".min" + Extension, smallest) : null;

        StringWriter log = new();
        StringWriter lines = new();
        int headingLines = 0;
        string? page = null;
        string? difference = null;
        try
        {
            difference = Run(smallest, log, lines, out headingLines, out page);
        }
        catch (Exception exception)
        {
            _troubles.Add(exception);
            difference = $"the replay failed: {Describe(exception)}";
        }

        string shown = isShrunk ? name + ".min" : name;
        Story story = new(scenario, finding with { Message = message })
        {
            Shrinking = shrinking,
            Difference = difference,
            Lines = lines.ToString(),
            HeadingLines = headingLines,
            IsShrunk = isShrunk,
            Found = found,
            Shrunk = shrunk,
            Log = WrittenFile.Write(shown + ".log", path => TextFile.Write(path, log.ToString()), _troubles),
            Page = page is null ? null : WrittenFile.Write(shown + ".html", path => TextFile.Write(path, page), _troubles),
        };
        return new RaftTestException(story.Tell(), scenario.Name, _troubles.Count switch { 0 => null, 1 => _troubles[0], _ => new AggregateException(_troubles) })
        {
            Property = finding.Property,
            Violation = message,
            FoundSchedule = found.Path,
            Schedule = shrunk?.Path ?? found.Path,
            Log = story.Log.Path,
            Page = story.Page?.Path,
        };
    }

    // The schedule names the assembly, so that the command finds the scenario.
    private WrittenFile WriteSchedule(string path, Schedule schedule)
    {
        string assembly = scenario.Assembly.Location;
        return WrittenFile.Write(
            path, full => ScheduleFile.Write(full, schedule with { Header = schedule.Header with { Assembly = assembly.Length == 0 ? null : assembly } }), _troubles);
    }

    // One replay for the logs and the page. The log without columns is for the message, where lines must not be cut.
    private string? Run(Schedule schedule, StringWriter log, StringWriter lines, out int headingLines, out string page)
    {
        int servers = scenario.Cluster.Servers;
        ReadableLog columns = new(log, servers);
        ReadableLog narrow = new(lines, servers, new LogFormat { Columns = false });
        TraceRecorder recorder = new(scenario);
        Audience audience = new(recorder, columns, narrow);
        columns.WriteOrigin(schedule);
        columns.WriteHeading();
        narrow.WriteHeading();
        using StepWatchdog watchdog = new(options.StepTimeout);
        ReplayOutcome outcome;
        try
        {
            outcome = Replayer.Replay(scenario.ObservedBy(audience), schedule, audience, watchdog);
        }
        finally
        {
            columns.Finish();
            narrow.Finish();
            headingLines = narrow.HeadingLines;
        }

        columns.WriteVerdict(outcome);
        string? difference = ReplayDifference.Of(schedule, outcome);
        page = TracePage.Of(Trace.Of(schedule, scenario, recorder, outcome, difference), out _);
        return finding.IsRepeatable ? difference : null;
    }

    // Returns the smallest schedule, and a sentence about it.
    private (Schedule Smallest, string Sentence) Shrink()
    {
        Schedule found = finding.Schedule;
        string decisions = Format.Count(found.Decisions.Count, "decision");
        if (!finding.IsRepeatable || finding.Property is RuntimeFindings.Repeatability)
        {
            return (found, $"not shrunk, because the run cannot be repeated; {decisions}");
        }

        if (found.Header.ShrunkFrom is { } from)
        {
            return (found, $"before, from {Format.Number(from)} to {decisions}");
        }

        // Each candidate would leave a thread behind that never ends, in the process of all other tests.
        if (finding.Property == RuntimeFindings.StepDoesNotReturn || options.ShrinkTime <= TimeSpan.Zero)
        {
            string reason = options.ShrinkTime <= TimeSpan.Zero ? "the options say so" : "every run would leave a thread behind that does not end";
            return (found, $"not shrunk, because {reason}; {decisions}");
        }

        try
        {
            ShrinkResult result = Shrinker.Shrink(
                scenario, found, new ShrinkOptions { Time = options.ShrinkTime, StepTimeout = options.StepTimeout, Cancellation = cancellation });
            string end = result.Complete ? "nothing more can be removed" : "ended before everything was tried";
            string tail = result.Schedule.Tail is { } fair ? $", and {Format.Number(fair.Decisions)} by the fair scheduler" : "";
            return (result.Schedule, $"from {Format.Number(found.Decisions.Count)} to {Format.Count(result.Schedule.Decisions.Count, "decision")}{tail}"
                + $" in {Format.Seconds(result.Seconds)}; {end}");
        }
        catch (Exception exception)
        {
            _troubles.Add(exception);
            return (found, $"not shrunk, because that failed: {Describe(exception)}; {decisions}");
        }
    }

    // The hash keeps the files of different runs apart, even when tests in parallel explore scenarios of one name.
    private static string NameOf(Schedule schedule)
    {
        ScheduleHeader header = schedule.Header;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ScheduleFile.Format(schedule))).AsSpan(0, 4));
        string scenario = string.Concat(header.Scenario.Select(letter => char.IsLetterOrDigit(letter) || "-_.".Contains(letter) ? letter : '_'));
        return $"{scenario}-{header.Seed}-{header.Iteration}-{hash}";
    }

    private static string Describe(Exception exception) => $"{exception.GetType().Name}: {Format.OneLine(exception.Message)}";
}
