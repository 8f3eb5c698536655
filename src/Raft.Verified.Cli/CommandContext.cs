using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli;

/// <summary>What a command works on and where it writes: the console, or a test.</summary>
internal sealed record CommandContext
{
    /// <summary>The scenarios there are, in the order in which they are listed and explored.</summary>
    public required IReadOnlyList<Scenario> Scenarios { get; init; }

    /// <summary>Scenarios that are found by name, and neither listed nor explored when none is named: they are long.</summary>
    public IReadOnlyList<Scenario> FoundByName { get; init; } = [];

    /// <summary>The lab suite.</summary>
    public IReadOnlyList<LabSuiteTest> LabTests { get; init; } = [];

    /// <summary>Standard output: what the user asked for.</summary>
    public required OutputStream Out { get; init; }

    /// <summary>Standard error: errors, and with <c>--json</c> the progress.</summary>
    public required OutputStream Error { get; init; }

    /// <summary>Asks for an early end.</summary>
    public CancellationToken Interrupted { get; init; }

    /// <summary>Opens standard input.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Makes the command lines to go on with.</summary>
    public FollowUp FollowUp { get; init; } = new();

    /// <summary>
    /// Told that the whole command line is to be carried out with a seeded bug, which has this name and comes from this folder (null for those of this build). Null
    /// where that cannot be done.
    /// </summary>
    public Action<string, string?>? NeedsMutant { get; init; }

    /// <summary>Watches the steps of schedules that a command runs.</summary>
    /// <param name="limit">How long a step may take.</param>
    public StepWatchdog Watch(TimeSpan limit) => new(limit, Interrupted)
    {
        // A reader of the output may take its time.
        IsAtRest = () => Out.Writer is GuardedWriter { IsWriting: true },
    };

    /// <summary>The fingerprint of this build with this scenario.</summary>
    public static string Build(Scenario scenario) => BuildFingerprint.Of(scenario.Assembly);
}

/// <summary>The exit statuses, as Coyote's.</summary>
internal static class ExitStatus
{
    public const int NothingFound = 0;

    /// <summary>Bad arguments, or input that cannot be read.</summary>
    public const int BadInput = 1;

    /// <summary>A property was violated, or a goal never reached.</summary>
    public const int Violation = 2;

    /// <summary>A schedule diverged, or a run was not deterministic.</summary>
    public const int Divergence = 3;

    /// <summary>
    /// Ended early by Ctrl-C or a termination signal, with nothing found so far: no success, for a machine that was shut down in the middle of its
    /// work has not shown what it was to show. The status by which shells name an interrupt.
    /// </summary>
    public const int Interrupted = 130;
}

/// <summary>The command line is one for a world with a seeded bug: its schedule was recorded there.</summary>
/// <param name="mutant">The name of the bug.</param>
/// <param name="folder">The folder that it comes from; null for those of this build.</param>
internal sealed class MutantNeededException(string mutant, string? folder) : Exception($"needs the seeded bug {mutant}")
{
    /// <summary>The name of the bug.</summary>
    public string Mutant => mutant;

    /// <summary>The folder that it comes from; null for those of this build.</summary>
    public string? Folder => folder;
}

/// <summary>The user's input is at fault. The message is one line that says what was found and what was expected.</summary>
internal sealed class InputException(string message) : Exception(message);
