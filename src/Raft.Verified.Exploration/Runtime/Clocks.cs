namespace Raft.Verified.Exploration.Runtime;

/// <summary>The clocks in which a program makes sense.</summary>
[Flags]
public enum Clocks
{
    /// <summary>Virtual time: delays decide the order.</summary>
    Timed = 1,

    /// <summary>No time: any pending timer or message may be next.</summary>
    Untimed = 2,

    /// <summary>Both clocks.</summary>
    Both = Timed | Untimed,
}
