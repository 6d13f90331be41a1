import { Component, type ReactNode } from "react";

type Props = {
  /** What stands in the place of children that cannot be drawn. */
  instead: (error: unknown) => ReactNode;
  /** A change of this draws the children anew: where they belong to an address, the address. */
  until?: string;
  children: ReactNode;
};

type State = { caught: { error: unknown } | null; until: string | undefined };

/** Keeps an error that is thrown while its children are drawn from taking anything else off the screen. */
export class Boundary extends Component<Props, State> {
  override state: State = { caught: null, until: this.props.until };

  static getDerivedStateFromError(error: unknown): Pick<State, "caught"> {
    return { caught: { error } };
  }

  static getDerivedStateFromProps({ until }: Props, before: State): State | null {
    return until === before.until ? null : { caught: null, until };
  }

  override render(): ReactNode {
    const { caught } = this.state;
    return caught ? this.props.instead(caught.error) : this.props.children;
  }
}
