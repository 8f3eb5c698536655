using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Paths;

/// <summary>One step of a way that somebody else has found, in words of the simulated world.</summary>
/// <param name="Server">The server that takes it.</param>
/// <param name="Text">The step as a reader sees it.</param>
public abstract record PathStep(ServerId Server, string Text);

/// <summary>A timer runs out.</summary>
/// <param name="Server">The server whose timer it is.</param>
/// <param name="Text">The step as a reader sees it.</param>
/// <param name="Timer">The timer's name.</param>
public sealed record TimerStep(ServerId Server, string Text, string Timer) : PathStep(Server, Text);

/// <summary>A server takes a message.</summary>
/// <param name="Text">The step as a reader sees it.</param>
/// <param name="Message">A message with the same content. The data of a snapshot are not compared.</param>
public sealed record DeliveryStep(string Text, Message Message) : PathStep(Message.To, Text);

/// <summary>The disk of a server completes writes.</summary>
/// <param name="Server">The server.</param>
/// <param name="Text">The step as a reader sees it.</param>
/// <param name="Writes">The number of writes, at least 1; the oldest ones.</param>
public sealed record FlushStep(ServerId Server, string Text, int Writes) : PathStep(Server, Text);

/// <summary>A server dies.</summary>
/// <param name="Server">The server.</param>
/// <param name="Text">The step as a reader sees it.</param>
/// <param name="Act">The name of the scenario's operation.</param>
/// <param name="Parts">The number of parts of unfinished writes that reach the disk; not negative.</param>
public sealed record CrashStep(ServerId Server, string Text, string Act, int Parts) : PathStep(Server, Text);

/// <summary>The scenario acts on a server.</summary>
/// <param name="Server">The server.</param>
/// <param name="Text">The step as a reader sees it.</param>
/// <param name="Act">The name of the scenario's operation.</param>
/// <param name="Value">The value that the operation draws; the highest possible one when this is too high.</param>
public sealed record ActStep(ServerId Server, string Text, string Act, int Value = 0) : PathStep(Server, Text);
