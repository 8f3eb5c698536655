namespace Raft.Verified.Exploration.Runtime;

/// <summary>Something that the simulated world will do at a moment that the engine chooses.</summary>
public abstract class Operation
{
    /// <summary>What kind of operation this is.</summary>
    public abstract OperationKind Kind { get; }

    /// <summary>The server it concerns; 0 for none. Strategies may slow one server down.</summary>
    public abstract int Actor { get; }

    /// <summary>Does it.</summary>
    public abstract void Run();

    /// <summary>What two operations of this kind and actor have in common when they do the same thing to different effect.</summary>
    public virtual OperationSubject Subject => new(GetType());

    /// <summary>What it does, for readable schedules. Called only when one is written.</summary>
    public abstract override string ToString();
}
