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
