using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.ModelChecking;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios.Models;
using Raft.Verified.Simulation;
using Raft.Verified.Simulation.Paths;

namespace Raft.Verified.Cli.Output.Check;

/// <summary>The schedule with which the shipping servers reproduce a violation that was found in a model.</summary>
/// <param name="File">The path of the schedule file; null when there is none.</param>
/// <param name="Error">The reason why writing the file failed; null when it succeeded or there is no schedule.</param>
/// <param name="Schedule">The schedule; null when the shipping servers violate nothing on this path.</param>
/// <param name="Notes">The steps that the shipping servers took differently from the model, one line each.</param>
internal sealed record CheckSchedule(string? File, string? Error, Schedule? Schedule, IReadOnlyList<string> Notes)
{
    /// <summary>
    /// Runs the path to a violation on the shipping servers, and writes the schedule when they violate a property.
    /// </summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="bounds">The bounds of the model.</param>
    /// <param name="violation">The violation that was found in the model.</param>
    /// <param name="folder">The folder for the schedule file.</param>
    /// <param name="stepTimeout">The maximum real time per step.</param>
    public static CheckSchedule Of(CommandContext context, ModelBounds bounds, ModelViolation violation, string folder, TimeSpan stepTimeout)
    {
        using StepWatchdog watchdog = context.Watch(stepTimeout);
        PathOutcome outcome = PathRunner.Run(ScenarioOf(bounds), PathOf(violation.Path), bounds.AsyncDisk, watchdog);
        if (outcome.Schedule is null)
        {
            return new CheckSchedule(null, null, null, outcome.Notes);
        }

        KeptSchedule kept = KeptSchedule.Write(Path.Combine(folder, $"check-{bounds.Name}.schedule"), outcome.Schedule, context.FollowUp);
        return new CheckSchedule(kept.File, kept.Error, outcome.Schedule, outcome.Notes);
    }

    /// <summary>Returns the lines of a report that follow the trace of the model.</summary>
    /// <param name="followUp">The factory for the command lines that the report suggests.</param>
    public IEnumerable<string> Lines(FollowUp followUp)
    {
        yield return Schedule is { Header: var header } ? $"on the shipping servers: VIOLATION of {Format.OneLine(header.Property)}: {Format.OneLine(header.Message)}"
            : Notes.Count == 0 ? "on the shipping servers: every step was taken, but no monitor reports a violation; no schedule is written"
            : "on the shipping servers: some steps do not exist, and no monitor reports a violation; no schedule is written";
        foreach (string note in Notes)
        {
            yield return $"{(Schedule is null ? "missing" : "differs")}: {Format.OneLine(note)}";
        }

        if (File is not null)
        {
            string file = Format.OneLine(File);
            yield return $"schedule: {file}";
            foreach ((string verb, string line) in followUp.With(file))
            {
                yield return $"{verb + ":",-9} {line}";
            }
        }
        else if (Error is not null)
        {
            yield return $"schedule: {Format.OneLine(Error)}";
        }
    }

    /// <summary>Returns the scenario whose servers have the options of a model.</summary>
    /// <param name="bounds">The bounds of the model.</param>
    internal static Scenario ScenarioOf(ModelBounds bounds) =>
        ModelScenario.Of(bounds.Servers, bounds.MaxEntries, bounds.MaxInFlight, bounds.Chunks, bounds.EmptyEntry);

    /// <summary>Translates the steps of a model into steps of the simulated cluster.</summary>
    /// <param name="steps">The steps of the model.</param>
    internal static IReadOnlyList<PathStep> PathOf(IEnumerable<ModelStep> steps) => [.. steps.Select(StepOf)];

    private static PathStep StepOf(ModelStep step) => step.Action switch
    {
        ModelAction.ElectionTimeout => new TimerStep(step.Server, step.Text, "election timer"),
        ModelAction.HeartbeatTimeout => new TimerStep(step.Server, step.Text, "heartbeat timer"),
        ModelAction.Receive => new DeliveryStep(step.Text, Scaled(step.Message!)),
        ModelAction.Propose => new ActStep(step.Server, step.Text, ModelActs.Propose(step.Server)),
        ModelAction.Read => new ActStep(step.Server, step.Text, ModelActs.Read(step.Server)),
        ModelAction.Compact => new ActStep(step.Server, step.Text, ModelActs.Compact(step.Server), step.Argument),
        ModelAction.WriteCompleted => new FlushStep(step.Server, step.Text, step.Argument),
        ModelAction.Crash => new CrashStep(step.Server, step.Text, ModelActs.Crash(step.Server), step.Argument),
        ModelAction.Restart => new ActStep(step.Server, step.Text, ModelActs.Restart(step.Server)),
        _ => throw new ArgumentException($"{step.Action} is not a step of a model"),
    };

    // A chunk has one byte in the model, but several bytes in the scenario.
    private static Message Scaled(Message message) => message switch
    {
        InstallSnapshot chunk => chunk with { Offset = chunk.Offset * ModelScenario.ChunkBytes },
        InstallSnapshotReply reply => reply with { NextOffset = reply.NextOffset * ModelScenario.ChunkBytes },
        _ => message,
    };
}
