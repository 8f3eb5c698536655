using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>Sees every input of a server's core, and what came of it: for traces that are compared with the specification.</summary>
public interface IInputObserver
{
    /// <summary>
    /// Called after each input, before any of its effects is carried out, on the task that owns the core. Must not change anything, and must not keep the core or the
    /// effects: the next input changes both.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="core">The core, after it.</param>
    /// <param name="effects">The effects that the core asks for.</param>
    void Took(in CoreInput input, RaftCore core, Effects effects);
}
