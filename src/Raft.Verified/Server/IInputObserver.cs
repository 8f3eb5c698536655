using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// An observer of every input of a server's core and of its effects. It records traces that are compared with the
/// specification.
/// </summary>
public interface IInputObserver
{
    /// <summary>
    /// Receives an input after the core has handled it, before any of its effects is carried out. Called on the task
    /// that owns the core. The observer must not change the core or the effects, nor keep them: the next input changes
    /// both.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="core">The core after the input.</param>
    /// <param name="effects">The effects that the core asks for.</param>
    void Took(in CoreInput input, RaftCore core, Effects effects);
}
