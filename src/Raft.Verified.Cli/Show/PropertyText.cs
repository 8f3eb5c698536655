using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Specifications;

namespace Raft.Verified.Cli.Show;

/// <summary>What a property says, for people who do not know it by name.</summary>
/// <param name="Statement">The property in a sentence.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record PropertyText(string Statement, string Source)
{
    public static PropertyText Of(string property)
    {
        foreach (SafetyProperty safety in Properties.CreateAll(() => throw new InvalidOperationException("nothing is replayed here")))
        {
            if (safety.Name == property)
            {
                return new PropertyText(safety.Statement, safety.Source);
            }
        }

        foreach (LivenessProperty liveness in Properties.Liveness)
        {
            if (liveness.Name == property)
            {
                return new PropertyText(liveness.Statement, liveness.Source);
            }
        }

        return property switch
        {
            nameof(Livelock) => new(Livelock.Statement, Livelock.Source),
            RuntimeFindings.Deadlock => new("As long as a scenario has not ended, something can happen.", "the engine"),
            RuntimeFindings.UncontrolledAwait => new("Every task awaits only what the engine controls.", "the engine"),
            RuntimeFindings.StepDoesNotReturn => new("Every step returns: no endless loop, no wait that blocks the thread.", "the engine"),
            RuntimeFindings.UnboundedSchedule => new("Every schedule ends, once it is fair.", "the engine"),
            RuntimeFindings.Determinism => new("The same decisions lead to the same events.", "the engine"),
            _ => new("A check of the scenario itself, and none of the catalogue's properties.", "the scenario"),
        };
    }
}
