using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Specifications;

namespace Raft.Verified.Testing.Page;

/// <summary>The explanation of a property, for people who do not know its name.</summary>
/// <param name="Statement">The property as a sentence.</param>
/// <param name="Source">The origin of the property, such as a section of the paper.</param>
internal sealed record PropertyText(string Statement, string Source)
{
    /// <summary>Returns the explanation of a property.</summary>
    /// <param name="property">
    /// The name of the property, of a finding of the engine, or of a check of a scenario.
    /// </param>
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
            "" => new("The schedule was kept although it violates nothing.", "raft test --keep"),
            nameof(Livelock) => new(Livelock.Statement, Livelock.Source),
            RuntimeFindings.Deadlock => new("Until a scenario has ended, at least one operation can run.", "the engine"),
            RuntimeFindings.UncontrolledAwait => new("Every task awaits only operations that the engine controls.", "the engine"),
            RuntimeFindings.StepDoesNotReturn => new("Every step returns: it has no endless loop and does not block its thread.", "the engine"),
            RuntimeFindings.UnboundedSchedule => new("Every schedule ends after it has become fair.", "the engine"),
            RuntimeFindings.Repeatability => new("The same decisions lead to the same events.", "the engine"),
            _ => new("This is a check of the scenario itself, not a property of the catalogue.", "the scenario"),
        };
    }
}
