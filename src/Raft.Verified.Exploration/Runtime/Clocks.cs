namespace Raft.Verified.Exploration.Runtime;

/// <summary>The clocks in which a program makes sense.</summary>
[Flags]
public enum Clocks
{
    /// <summary>Delays decide the order.</summary>
    Timed = 1,

    /// <summary>Any pending timer or message may be next.</summary>
    Untimed = 2,

    /// <summary>Both.</summary>
    Both = Timed | Untimed,
}
