namespace Raft.Verified.Exploration.Runtime;

/// <summary>The findings of the engine itself, named like the properties.</summary>
public static class RuntimeFindings
{
    /// <summary>No operation is enabled and the scenario has not ended.</summary>
    public const string Deadlock = "Deadlock";

    /// <summary>A task awaited something that the engine does not control.</summary>
    public const string UncontrolledAwait = "UncontrolledAwait";

    /// <summary>The schedule does not end, even when it is fair.</summary>
    public const string UnboundedSchedule = "UnboundedSchedule";

    /// <summary>A step of the schedule does not return: an endless loop, or a wait that blocks the thread.</summary>
    public const string StepDoesNotReturn = "StepDoesNotReturn";

    /// <summary>An operation or a task of the program failed with an exception that nobody caught.</summary>
    public const string NoFault = "NoFault";

    /// <summary>
    /// The same decisions did not lead to the same events. The name is not that of the property of state machines,
    /// because this finding has an exit status of its own.
    /// </summary>
    public const string Repeatability = "Repeatability";
}
