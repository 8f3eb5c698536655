using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Paths;

/// <summary>A server takes a message.</summary>
/// <param name="Text">The step as a reader sees it.</param>
/// <param name="Message">A message with the same content. The data of a snapshot are not compared.</param>
public sealed record DeliveryStep(string Text, Message Message) : PathStep(Message.To, Text);
